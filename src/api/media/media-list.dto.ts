import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { parsePublicId } from '../../common/ids/index.js';
import type { AssetFilter } from '../../modules/media/index.js';
import { mediaKinds, type MediaKind } from '../../platforms/core/index.js';
import { MediaDto } from './media.dto.js';

export class MediaListQuery {
  @ApiPropertyOptional({ enum: mediaKinds, enumName: 'MediaKind' })
  @IsOptional()
  @IsIn(mediaKinds)
  kind?: MediaKind;

  @ApiPropertyOptional({ description: 'Part of the file name or of the alternative text.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string;

  @ApiPropertyOptional({ description: 'Only what is, or is not, in the archive.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  archived?: boolean;

  @ApiPropertyOptional({ description: 'The nextCursor of the page before.' })
  @IsOptional()
  @Matches(/^med_[0-9a-f]{32}$/)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

/** Newest first. */
export class MediaListDto {
  @ApiProperty({ type: [MediaDto] })
  items: MediaDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  nextCursor: string | null;
}

export function filterOf({ kind, search, archived, cursor, limit }: MediaListQuery): AssetFilter & {
  limit: number | undefined;
} {
  return {
    kind,
    search,
    archived,
    limit,
    cursor: cursor === undefined ? undefined : (parsePublicId('med', cursor) ?? undefined),
  };
}
