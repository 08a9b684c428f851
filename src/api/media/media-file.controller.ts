import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import {
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { MediaService } from '../../modules/media/index.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { Public } from '../common/public.decorator.js';

/** Bytes for platforms and browsers: the signature in the address is the key, so no API key is asked for. */
@Public()
@ApiTags('Media')
@Public()
@Controller('api/v1/media')
export class MediaFileController {
  constructor(private readonly media: MediaService) {}

  @Get(':id/file')
  @ApiOperation({ summary: 'The bytes of a file', description: 'Use the `url` of a file unchanged.' })
  @ApiParam({ name: 'id', example: 'med_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiQuery({ name: 'expires', description: 'Seconds since 1970.' })
  @ApiQuery({ name: 'signature' })
  @ApiOkResponse({ content: { '*/*': { schema: { type: 'string', format: 'binary' } } } })
  @ApiForbiddenResponse({ description: 'The address was changed or is over.' })
  @ApiNotFoundResponse({ description: 'There is no such file.' })
  async file(
    @Param('id', new PublicIdPipe('med', 'media')) assetId: string,
    @Query('expires') expires: unknown,
    @Query('signature') signature: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.media.openSigned({
      assetId,
      expires: typeof expires === 'string' ? expires : '',
      signature: typeof signature === 'string' ? signature : '',
    });
    await reply
      .headers({
        'content-type': file.mimeType,
        'content-length': file.bytes,
        'content-disposition': `inline; filename*=UTF-8''${encodeRfc5987(file.fileName)}`,
        'cache-control': 'private, max-age=3600, immutable',
        'x-content-type-options': 'nosniff',
        // A document that a browser shows must not act as a page of ours.
        'content-security-policy': "default-src 'none'; sandbox",
      })
      .send(file.stream);
  }
}

function encodeRfc5987(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
