import { Module } from '@nestjs/common';
import { MediaModule } from '../../modules/media/index.js';
import { MediaController } from './media.controller.js';
import { MediaFileController } from './media-file.controller.js';

/** The HTTP edge of media. The application registers @fastify/multipart. */
@Module({ imports: [MediaModule], controllers: [MediaController, MediaFileController] })
export class MediaApiModule {}
