import { Controller, Delete, Head, Param, Patch, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPayloadTooLargeResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../modules/accounts/index.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import { noUpload, ResumableUploads } from './resumable.uploads.js';

const idParameter = { name: 'id', example: 'med_01890a5d6e7b7c8d9e0f112233445566' };
const protocol = { name: 'Tus-Resumable', required: true, example: '1.0.0' };

/** The tus protocol, behind the same API keys as every other route. */
@ApiTags('Media')
@ApiBearerAuth()
@Controller('api/v1/media/uploads')
export class ResumableController {
  constructor(private readonly uploads: ResumableUploads) {}

  @Post()
  @ApiOperation({
    summary: 'Begin a resumable upload',
    description:
      'By the tus protocol, 1.0.0, for large files and bad lines. `Upload-Metadata` takes `filename` and `altText`. The id at the end of `Location` is that of the file once all bytes are in.',
  })
  @ApiHeader(protocol)
  @ApiHeader({ name: 'Upload-Length', description: 'Bytes.' })
  @ApiHeader({ name: 'Upload-Metadata', description: 'Pairs of a name and a value in base64.' })
  @ApiCreatedResponse({ description: 'It has begun.', headers: { Location: { schema: { type: 'string' } } } })
  @ApiPayloadTooLargeResponse({ description: 'So much is not taken.' })
  async begin(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.handle(caller, request, reply);
  }

  @Head(':id')
  @ApiOperation({ summary: 'How much of an upload has come in' })
  @ApiParam(idParameter)
  @ApiHeader(protocol)
  @ApiOkResponse({ description: '`Upload-Offset` says it; equal to `Upload-Length` when the file is there.' })
  @ApiNotFoundResponse({ description: 'There is no such upload.' })
  async progress(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if ((await this.uploads.find(caller.workspaceId, id)) !== null) {
      await this.handle(caller, request, reply);
      return;
    }
    const bytes = String(await this.uploads.sizeOf(caller.workspaceId, id));
    const headers = { 'tus-resumable': '1.0.0', 'upload-offset': bytes, 'upload-length': bytes };
    await reply.headers({ ...headers, 'cache-control': 'no-store' }).send();
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Send the next bytes of an upload',
    description: 'With the last of them the file is read; when it is refused, nothing is kept.',
  })
  @ApiParam(idParameter)
  @ApiHeader(protocol)
  @ApiHeader({ name: 'Upload-Offset', required: true })
  @ApiConsumes('application/offset+octet-stream')
  @ApiNoContentResponse({ description: 'They are in.' })
  @ApiNotFoundResponse({ description: 'There is no such upload.' })
  async send(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.handleKnown(caller, id, request, reply);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Give an upload up' })
  @ApiParam(idParameter)
  @ApiHeader(protocol)
  @ApiNoContentResponse({ description: 'Its bytes are gone.' })
  @ApiNotFoundResponse({ description: 'There is no such upload.' })
  async giveUp(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.handleKnown(caller, id, request, reply);
  }

  private async handleKnown(
    caller: Caller,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if ((await this.uploads.find(caller.workspaceId, id)) === null) throw noUpload();
    await this.handle(caller, request, reply);
  }

  /** From here on the answer is the library's. */
  private async handle({ workspaceId }: Caller, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    reply.hijack();
    await this.uploads.handle({ workspaceId, request }, request.raw, reply.raw);
  }
}
