import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { AppConfig } from '../../common/config/index.js';
import { CryptoModule } from '../../common/crypto/index.js';
import { HttpModule } from '../../common/http/index.js';
import { ArchiveMover } from './archive.mover.js';
import { AssetsRepository } from './assets.repository.js';
import { FileLink } from './file-link.js';
import { HeicDecoder } from './heic/heic.decoder.js';
import { BlobKeeper } from './blob.keeper.js';
import { BlobsRepository } from './blobs.repository.js';
import { CollectorRunner } from './collector.runner.js';
import { MediaCollector } from './media.collector.js';
import { MediaImport } from './media.import.js';
import { MediaIntake } from './media.intake.js';
import { MediaLibrary } from './media.library.js';
import { MediaLinks } from './media.links.js';
import { MediaListeners } from './media.listeners.js';
import { MediaQuota } from './media.quota.js';
import { MediaUses } from './media.uses.js';
import { QuotasRepository } from './quotas.repository.js';
import { UsesRepository } from './uses.repository.js';
import { DocumentProbe } from './probe/document.probe.js';
import { ImageProbe } from './probe/image.probe.js';
import { MediaProbe } from './probe/media.probe.js';
import { VideoProbe } from './probe/video.probe.js';
import { MediaTools } from './tools/media.tools.js';
import { ImageMaker } from './renditions/image.maker.js';
import { MediaRenditions } from './renditions/media.renditions.js';
import { RenditionMaker } from './renditions/rendition.maker.js';
import { RenditionProcessor } from './renditions/rendition.processor.js';
import { RenditionQueue } from './renditions/rendition.queue.js';
import { RenditionSweep } from './renditions/rendition.sweep.js';
import { RenditionsRepository } from './renditions/renditions.repository.js';
import { VideoMaker } from './renditions/video.maker.js';
import { MediaReader } from './media.reader.js';
import { MediaService } from './media.service.js';
import { ReachabilityCheck } from './reachability.check.js';
import { LocalDiskStorage } from './storage/local-disk.storage.js';
import { MediaStorage } from './storage/media.storage.js';
import { StagingArea } from './storage/staging.area.js';
import { UploadIntake } from './upload.intake.js';

/** The SDK is large and mostly not needed: it is loaded only where S3 is configured. */
async function storageOf(config: AppConfig): Promise<MediaStorage> {
  if (config.s3 === null) return new LocalDiskStorage(config);
  const { S3Storage } = await import('./storage/s3.storage.js');
  const { archivePrefix, archiveStorageClass } = config.media;
  return new S3Storage(config.s3, { prefix: archivePrefix, storageClass: archiveStorageClass });
}

/** Files: taken in, told by their bytes, kept once, described to whoever publishes them. */
@Module({
  imports: [ClockModule, CryptoModule, HttpModule],
  providers: [
    ArchiveMover,
    AssetsRepository,
    BlobKeeper,
    BlobsRepository,
    CollectorRunner,
    MediaCollector,
    MediaImport,
    MediaIntake,
    MediaLibrary,
    MediaLinks,
    MediaListeners,
    ReachabilityCheck,
    MediaQuota,
    QuotasRepository,
    MediaUses,
    UsesRepository,
    UploadIntake,
    HeicDecoder,
    DocumentProbe,
    ImageProbe,
    MediaProbe,
    MediaTools,
    VideoProbe,
    MediaReader,
    MediaService,
    FileLink,
    StagingArea,
    ImageMaker,
    MediaRenditions,
    RenditionMaker,
    RenditionProcessor,
    RenditionQueue,
    RenditionSweep,
    RenditionsRepository,
    VideoMaker,
    {
      provide: MediaStorage,
      inject: [AppConfig],
      useFactory: storageOf,
    },
  ],
  exports: [
    ArchiveMover,
    MediaLinks,
    ReachabilityCheck,
    StagingArea,
    MediaImport,
    MediaService,
    MediaReader,
    MediaLibrary,
    MediaQuota,
    MediaUses,
    MediaCollector,
    MediaRenditions,
  ],
})
export class MediaModule {}
