import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { CryptoModule } from '../../common/crypto/index.js';
import { AssetsRepository } from './assets.repository.js';
import { FileLink } from './file-link.js';
import { LocalDiskStorage } from './local-disk.storage.js';
import { MediaProbe } from './media.probe.js';
import { MediaReader } from './media.reader.js';
import { MediaService } from './media.service.js';
import { MediaStorage } from './media.storage.js';
import { UploadIntake } from './upload.intake.js';

/** Files: taken in, told by their bytes, kept once, described to whoever publishes them. */
@Module({
  imports: [ClockModule, CryptoModule],
  providers: [
    AssetsRepository,
    UploadIntake,
    MediaProbe,
    MediaReader,
    MediaService,
    FileLink,
    { provide: MediaStorage, useClass: LocalDiskStorage },
  ],
  exports: [MediaService, MediaReader],
})
export class MediaModule {}
