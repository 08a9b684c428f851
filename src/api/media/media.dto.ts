import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength, ValidateIf } from 'class-validator';
import { ReadOnlyField } from '../../common/http/index.js';
import { toPublicId } from '../../common/ids/index.js';
import {
  type Asset,
  type AssetState,
  assetStates,
  maxAltText,
  type MediaDetails,
} from '../../modules/media/index.js';
import { mediaKinds, type MediaKind } from '../../platforms/core/index.js';
import type { Plain } from '../common/plain.js';

export class PageSizeDto {
  @ApiProperty({ type: 'integer', example: 595 })
  width: number;

  @ApiProperty({ type: 'integer', example: 842 })
  height: number;
}

/** What a file is made of. A field is left out where the kind has none or it is not known. */
export class MediaDetailsDto implements MediaDetails {
  @ApiPropertyOptional()
  animated?: boolean;

  @ApiPropertyOptional({ type: 'integer' })
  frames?: number;

  @ApiPropertyOptional()
  hasAlpha?: boolean;

  @ApiPropertyOptional({ description: 'Clockwise degrees, already applied in width and height.' })
  rotation?: number;

  @ApiPropertyOptional({
    description:
      'It says more than how to show it, such as where it was taken. That is cut out before it is sent.',
  })
  metadata?: boolean;

  @ApiPropertyOptional({ description: 'Of MP4 and MOV: a player can start before all of it has come.' })
  fastStart?: boolean;

  @ApiPropertyOptional({ example: 'mov,mp4,m4a,3gp,3g2,mj2' })
  container?: string;

  @ApiPropertyOptional({ example: 'h264' })
  videoCodec?: string;

  @ApiPropertyOptional({ example: 'aac' })
  audioCodec?: string;

  @ApiPropertyOptional({ description: 'Frames per second.' })
  frameRate?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Bits per second, of everything.' })
  bitRate?: number;

  @ApiPropertyOptional({ example: 'yuv420p' })
  pixelFormat?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Of a document.' })
  pages?: number;

  @ApiPropertyOptional({ description: 'Of the first page of a document, points: 72 to an inch.' })
  pageSize?: PageSizeDto;

  @ApiPropertyOptional({ description: 'Why it was not read further.' })
  unread?: string;
}

/** An uploaded file. */
export class MediaDto {
  @ApiProperty({ example: 'med_01890a5d6e7b7c8d9e0f112233445566' })
  id: string;

  @ApiProperty({ enum: assetStates, enumName: 'MediaState' })
  state: AssetState;

  @ApiProperty({ enum: mediaKinds, enumName: 'MediaKind' })
  kind: MediaKind;

  @ApiProperty({ description: 'By the bytes of the file, never by its name.', example: 'image/jpeg' })
  mimeType: string;

  @ApiProperty({ type: 'integer' })
  bytes: number;

  @ApiProperty({ description: 'Lower-case hex.' })
  sha256: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Pixels after orientation. Null where the kind has none or it is not known.',
  })
  width: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  height: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Milliseconds.' })
  durationMs: number | null;

  @ApiProperty({ type: String, nullable: true, maxLength: maxAltText })
  altText: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'A small WebP of it, for an hour and without a key.',
  })
  previewUrl: string | null;

  @ApiProperty()
  fileName: string;

  @ApiProperty({ type: MediaDetailsDto })
  details: MediaDetailsDto;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'A few letters that a blurred preview is made of.',
  })
  blurHash: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where it was imported from.' })
  sourceUrl: string | null;

  @ApiProperty({
    description: 'It was published, and nothing else waits to send it. Naming it in a post brings it back.',
  })
  archived: boolean;

  @ApiProperty({ description: 'Where the bytes are, for an hour and without a key.' })
  url: string;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: string;
}

/** Only the alternative text can be changed; the rest may be sent back as it came. */
export class MediaPatchDto {
  @ApiProperty({ type: String, nullable: true, maxLength: maxAltText })
  @ValidateIf((patch: MediaPatchDto) => patch.altText !== null)
  @IsString()
  @MaxLength(maxAltText)
  altText: string | null;

  @ReadOnlyField() id?: unknown;
  @ReadOnlyField() state?: unknown;
  @ReadOnlyField() kind?: unknown;
  @ReadOnlyField() mimeType?: unknown;
  @ReadOnlyField() bytes?: unknown;
  @ReadOnlyField() sha256?: unknown;
  @ReadOnlyField() width?: unknown;
  @ReadOnlyField() height?: unknown;
  @ReadOnlyField() durationMs?: unknown;
  @ReadOnlyField() fileName?: unknown;
  @ReadOnlyField() details?: unknown;
  @ReadOnlyField() blurHash?: unknown;
  @ReadOnlyField() sourceUrl?: unknown;
  @ReadOnlyField() archived?: unknown;
  @ReadOnlyField() url?: unknown;
  @ReadOnlyField() previewUrl?: unknown;
  @ReadOnlyField() createdAt?: unknown;
  @ReadOnlyField() renditions?: unknown;
}

/** The body of an upload, for the documentation: it is read as a stream. */
export class MediaUploadDto {
  @ApiProperty({ type: String, format: 'binary' })
  file: unknown;

  @ApiProperty({ type: String, required: false, maxLength: maxAltText })
  altText?: string;
}

export interface MediaLinks {
  readonly url: string;
  readonly previewUrl: string | null;
}

export function toMediaDto(asset: Asset, { url, previewUrl }: MediaLinks): Plain<MediaDto> {
  const { state, kind, mimeType, bytes, sha256, width, height, durationMs, altText, fileName } = asset;
  return {
    id: toPublicId('med', asset.id),
    state,
    kind,
    mimeType,
    bytes,
    sha256,
    width,
    height,
    durationMs,
    altText,
    fileName,
    previewUrl,
    details: asset.details,
    blurHash: asset.blurHash,
    sourceUrl: asset.sourceUrl,
    archived: asset.archivedAt !== null,
    url,
    createdAt: asset.createdAt.toISOString(),
  };
}
