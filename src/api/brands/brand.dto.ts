import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';
import { toPublicId } from '../../common/ids/index.js';
import type { BrandView } from '../../modules/accounts/index.js';
import type { Plain } from '../common/plain.js';

const maxName = 100;

/** A brand's name is unique in its workspace. */
export class BrandNameDto {
  @ApiProperty({ minLength: 1, maxLength: maxName, example: 'Acme Coffee' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @MinLength(1)
  @MaxLength(maxName)
  name: string;
}

export class BrandDto {
  @ApiProperty({ example: 'brand_01890a5d6e7b7c8d9e0f112233445566' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: string;
}

export class BrandListQuery {
  @ApiPropertyOptional({ description: 'The nextCursor of the page before.' })
  @IsOptional()
  @Matches(/^brand_[0-9a-f]{32}$/)
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
export class BrandListDto {
  @ApiProperty({ type: [BrandDto] })
  items: BrandDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  nextCursor: string | null;
}

export class ChangeAccountDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'brand_01890a5d6e7b7c8d9e0f112233445566',
    description: 'The brand that the account belongs to; null: none.',
  })
  @ValidateIf(({ brandId }: ChangeAccountDto) => brandId !== null)
  @IsString()
  @MaxLength(100)
  brandId: string | null;
}

export function toBrandDto({ id, name, createdAt }: BrandView): Plain<BrandDto> {
  return { id: toPublicId('brand', id), name, createdAt: createdAt.toISOString() };
}
