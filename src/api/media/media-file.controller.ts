import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import {
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  inlineDisposition,
  MediaService,
  type OpenMedium,
  type SignedFile,
} from '../../modules/media/index.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { Public } from '../common/public.decorator.js';

/** Bytes for platforms and browsers: the signature in the address is the key, so no API key is asked for. */
@ApiTags('Media')
@Public()
@Controller('api/v1/media')
export class MediaFileController {
  constructor(private readonly media: MediaService) {}

  @Get(':id/file')
  @ApiOperation({
    summary: 'The bytes of a file',
    description: 'Use the `url` of a file unchanged. A `Range` of bytes is answered with that part.',
  })
  @ApiParam({ name: 'id', example: 'med_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiQuery({ name: 'expires', description: 'Seconds since 1970.' })
  @ApiQuery({ name: 'signature' })
  @ApiQuery({ name: 'rendition', required: false, description: 'What was made of it, in its place.' })
  @ApiOkResponse({ content: { '*/*': { schema: { type: 'string', format: 'binary' } } } })
  @ApiResponse({ status: 206, description: 'The part that was asked for.' })
  @ApiResponse({ status: 416, description: 'The part lies behind the end of the file.' })
  @ApiForbiddenResponse({ description: 'The address was changed or is over.' })
  @ApiNotFoundResponse({ description: 'There is no such file.' })
  async file(
    @Param('id', new PublicIdPipe('med', 'media')) assetId: string,
    @Query('expires') expires: unknown,
    @Query('signature') signature: unknown,
    @Query('rendition') rendition: unknown,
    @Headers('range') range: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const signed = {
      assetId,
      expires: textOf(expires),
      signature: textOf(signature),
      rendition: textOf(rendition),
    };
    await this.send(signed, range, reply);
  }

  @Get(':id/preview')
  @ApiOperation({
    summary: 'A small picture of a file',
    description: 'Use the `previewUrl` of a file unchanged.',
  })
  @ApiParam({ name: 'id', example: 'med_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiQuery({ name: 'expires', description: 'Seconds since 1970.' })
  @ApiQuery({ name: 'signature' })
  @ApiOkResponse({ content: { 'image/webp': { schema: { type: 'string', format: 'binary' } } } })
  @ApiForbiddenResponse({ description: 'The address was changed or is over.' })
  @ApiNotFoundResponse({ description: 'There is no such file, or no picture of it.' })
  async preview(
    @Param('id', new PublicIdPipe('med', 'media')) assetId: string,
    @Query('expires') expires: unknown,
    @Query('signature') signature: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const signed = {
      assetId,
      expires: textOf(expires),
      signature: textOf(signature),
      variant: 'preview',
    } as const;
    await this.send(signed, undefined, reply);
  }

  private async send(signed: SignedFile, range: string | undefined, reply: FastifyReply): Promise<void> {
    const file = await this.media.openSigned(signed, range);
    await reply
      .status(file.satisfiable ? (file.range === null ? 200 : 206) : 416)
      .headers({
        'content-type': file.mimeType,
        ...lengthOf(file),
        'accept-ranges': 'bytes',
        'content-disposition': inlineDisposition(file.fileName),
        'cache-control': 'private, max-age=3600, immutable',
        'x-content-type-options': 'nosniff',
        // A document that a browser shows must not act as a page of ours.
        'content-security-policy': "default-src 'none'; sandbox",
      })
      .send(file.stream);
  }
}

function lengthOf({ bytes, range, satisfiable }: OpenMedium): Record<string, string | number> {
  if (!satisfiable) return { 'content-length': 0, 'content-range': `bytes */${bytes}` };
  if (range === null) return { 'content-length': bytes };
  const { first, last } = range;
  return { 'content-length': last - first + 1, 'content-range': `bytes ${first}-${last}/${bytes}` };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
