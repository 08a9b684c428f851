import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConflictResponse,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPayloadTooLargeResponse,
  ApiTags,
  ApiUnprocessableEntityResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AppConfig } from '../../common/config/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import type { Caller } from '../../modules/accounts/index.js';
import { type Asset, MediaLibrary, MediaRenditions, MediaService } from '../../modules/media/index.js';
import { Idempotent } from '../common/idempotent.decorator.js';
import { toPublicId } from '../../common/ids/index.js';
import type { Plain } from '../common/plain.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { MediaDto, MediaPatchDto, MediaUploadDto, toMediaDto } from './media.dto.js';
import { filterOf, MediaListDto, MediaListQuery } from './media-list.dto.js';
import { MediaWithRenditionsDto, toRenditionDto } from './rendition.dto.js';
import { MediaUsageDto, toMediaUseDto } from './media-usage.dto.js';
import { UploadForm } from './upload.form.js';

const mediaId = new PublicIdPipe('med', 'media');
const idParameter = { name: 'id', example: 'med_01890a5d6e7b7c8d9e0f112233445566' };

@ApiTags('Media')
@ApiBearerAuth()
@Controller('api/v1/media')
export class MediaController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly media: MediaService,
    private readonly library: MediaLibrary,
    private readonly renditions: MediaRenditions,
    private readonly config: AppConfig,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Upload a file',
    description:
      'One file as multipart/form-data. What it is, is told by its bytes; an image is decoded whole, so that a broken one is refused here.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: MediaUploadDto })
  @ApiCreatedResponse({ type: MediaDto })
  @ApiPayloadTooLargeResponse({ description: 'The file is too large.' })
  @ApiUnsupportedMediaTypeResponse({ description: 'The bytes are of a type that is not taken.' })
  @ApiUnprocessableEntityResponse({ description: 'The file is empty or cannot be read.' })
  async upload(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): Promise<Plain<MediaDto>> {
    const form = UploadForm.of(request, this.config.media.maxBytes);
    try {
      return this.toDto(caller, await this.take(caller, form));
    } catch (error) {
      form.letGo();
      throw error;
    }
  }

  @Get()
  @ApiOperation({ summary: 'List files', description: 'Newest first.' })
  @ApiOkResponse({ type: MediaListDto })
  async list(@CurrentCaller() caller: Caller, @Query() query: MediaListQuery): Promise<Plain<MediaListDto>> {
    const page = await this.unitOfWork.run(caller.workspaceId, () => this.library.list(filterOf(query)));
    return {
      items: page.items.map((asset) => this.toDto(caller, asset)),
      nextCursor: page.nextCursor === null ? null : toPublicId('med', page.nextCursor),
    };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a file', description: 'Its bytes are behind `url`.' })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: MediaWithRenditionsDto })
  @ApiNotFoundResponse({ description: 'There is no such file.' })
  get(
    @CurrentCaller() caller: Caller,
    @Param('id', mediaId) id: string,
  ): Promise<Plain<MediaWithRenditionsDto>> {
    return this.unitOfWork.run(caller.workspaceId, async () => {
      const asset = await this.library.get(id);
      const made = await this.renditions.ofSource(asset.sha256);
      return { ...this.toDto(caller, asset), renditions: made.map(toRenditionDto) };
    });
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change the alternative text' })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: MediaDto })
  @ApiNotFoundResponse({ description: 'There is no such file.' })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id', mediaId) id: string,
    @Body() { altText }: MediaPatchDto,
  ): Promise<Plain<MediaDto>> {
    const asset = await this.unitOfWork.run(caller.workspaceId, () => this.library.setAltText(id, altText));
    return this.toDto(caller, asset);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete a file',
    description: 'Its bytes are freed. Refused while a post names it that is not out yet.',
  })
  @ApiParam(idParameter)
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiNotFoundResponse({ description: 'There is no such file.' })
  @ApiConflictResponse({ description: 'It is in use.' })
  async delete(@CurrentCaller() caller: Caller, @Param('id', mediaId) id: string): Promise<void> {
    await this.unitOfWork.run(caller.workspaceId, () => this.library.delete(id));
  }

  @Get(':id/usage')
  @ApiOperation({
    summary: 'Where a file is used',
    description: 'Posts and plans, newest first, past ones too.',
  })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: MediaUsageDto })
  @ApiNotFoundResponse({ description: 'There is no such file.' })
  async usage(
    @CurrentCaller() caller: Caller,
    @Param('id', mediaId) id: string,
  ): Promise<Plain<MediaUsageDto>> {
    const uses = await this.unitOfWork.run(caller.workspaceId, () => this.library.usage(id));
    return { items: uses.map(toMediaUseDto) };
  }

  private async take({ workspaceId }: Caller, form: UploadForm): Promise<Asset> {
    const part = await form.file();
    return this.media.upload(workspaceId, {
      stream: part.file,
      leastBytes: form.leastFileBytes,
      fileName: part.filename,
      truncated: () => part.file.truncated,
      altText: () => form.rest(),
    });
  }

  private toDto({ workspaceId }: Caller, asset: Asset): Plain<MediaDto> {
    const url = this.media.fileUrl(workspaceId, asset.id);
    return toMediaDto(asset, { url, previewUrl: this.media.previewUrl(workspaceId, asset) });
  }
}
