import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { MediaModule } from '../../modules/media/index.js';
import { MediaController } from './media.controller.js';
import { MediaFileController } from './media-file.controller.js';
import { MediaImportController } from './media-import.controller.js';
import { MediaQuotaController } from './media-quota.controller.js';
import { MediaReachabilityController } from './media-reachability.controller.js';
import { ResumableController } from './resumable.controller.js';
import { ResumableUploads } from './resumable.uploads.js';

/** The HTTP edge of media. The application registers @fastify/multipart. */
@Module({
  imports: [MediaModule],
  // Before the routes with an id, which would take "uploads" and "quota" for one.
  controllers: [
    ResumableController,
    MediaImportController,
    MediaQuotaController,
    MediaController,
    MediaFileController,
    MediaReachabilityController,
  ],
  providers: [ResumableUploads],
})
export class MediaApiModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  /** Bytes of a resumable upload are left in the socket, for whoever handles them. */
  onModuleInit(): void {
    const type = 'application/offset+octet-stream';
    this.host.httpAdapter.getInstance().addContentTypeParser(type, (_request, _payload, done) => {
      done(null);
    });
  }
}
