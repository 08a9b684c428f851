import { Module } from '@nestjs/common';
import { Clock, ClockModule } from '../clock/index.js';
import { AppConfig } from '../config/index.js';
import { AddressGuard } from './address.guard.js';
import { FileDownloader } from './file.downloader.js';
import { HttpClient } from './http.client.js';

@Module({
  imports: [ClockModule],
  providers: [
    {
      provide: AddressGuard,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new AddressGuard(config.allowAddresses),
    },
    {
      provide: HttpClient,
      inject: [AddressGuard, Clock],
      useFactory: (guard: AddressGuard, clock: Clock) => new HttpClient({ guard, clock }),
    },
    {
      provide: FileDownloader,
      inject: [AddressGuard],
      useFactory: (guard: AddressGuard) => new FileDownloader({ guard }),
    },
  ],
  exports: [AddressGuard, HttpClient, FileDownloader],
})
export class HttpModule {}
