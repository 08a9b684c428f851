import { Body, Controller, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
  ApiUnprocessableEntityResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength, ValidateIf } from 'class-validator';
import type { Caller } from '../../modules/accounts/index.js';
import { maxAltText, MediaImport, MediaService } from '../../modules/media/index.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import { Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { MediaDto, toMediaDto } from './media.dto.js';

export class MediaImportDto {
  @ApiProperty({ example: 'https://example.org/photo.jpg', maxLength: 4000 })
  @IsString()
  @MaxLength(4000)
  url: string;

  @ApiPropertyOptional({ description: 'The last part of the address unless given.' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  fileName?: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: maxAltText })
  @IsOptional()
  @ValidateIf((body: MediaImportDto) => body.altText !== null)
  @IsString()
  @MaxLength(maxAltText)
  altText?: string | null;
}

@ApiTags('Media')
@ApiBearerAuth()
@Controller('api/v1/media/import')
export class MediaImportController {
  constructor(
    private readonly imports: MediaImport,
    private readonly media: MediaService,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({
    summary: 'Import a file from an address',
    description:
      'The file is fetched now and kept, so that the address may die. Addresses of private networks are refused, behind redirects too.',
  })
  @ApiCreatedResponse({ type: MediaDto })
  @ApiPayloadTooLargeResponse({ description: 'The file is too large.' })
  @ApiUnsupportedMediaTypeResponse({ description: 'The bytes are of a type that is not taken.' })
  @ApiUnprocessableEntityResponse({
    description: 'The address cannot be fetched, or the file cannot be read.',
  })
  async take(@CurrentCaller() caller: Caller, @Body() body: MediaImportDto): Promise<Plain<MediaDto>> {
    const { workspaceId } = caller;
    const asset = await this.imports.take(workspaceId, body);
    const url = this.media.fileUrl(workspaceId, asset.id);
    return toMediaDto(asset, { url, previewUrl: this.media.previewUrl(workspaceId, asset) });
  }
}
