import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { toPublicId } from '../../common/ids/index.js';
import { retryableEnds, type RetryResult } from '../../modules/publishing/index.js';
import { IfDefined } from '../common/if-defined.decorator.js';
import type { Plain } from '../common/plain.js';
import { UnsuccessfulFilterDto } from './unsuccessful.dto.js';

/** The filters of GET /dead-letters, but for what only a person can tell. */
export class RetryFilterDto extends UnsuccessfulFilterDto {
  @ApiPropertyOptional({ enum: retryableEnds, enumName: 'RetryableEnd' })
  @IfDefined()
  @IsIn(retryableEnds)
  ended?: (typeof retryableEnds)[number];

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 500, default: 100 })
  @IfDefined()
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

export class RetryResultDto {
  @ApiProperty({ type: 'integer', description: 'Position in the answer, from 0.' })
  index: number;

  @ApiProperty({ example: 'pub_01890a5d6e7b7c8d9e0f112233445566' })
  publicationId: string;

  @ApiProperty()
  retried: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Why not.' })
  code: string | null;

  @ApiProperty({ type: String, nullable: true })
  message: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What has to be mended first.' })
  remedy: string | null;
}

export class RetryResultsDto {
  @ApiProperty({ type: [RetryResultDto] })
  items: RetryResultDto[];
}

export function toRetryResult(result: RetryResult, index: number): Plain<RetryResultDto> {
  const why = result.retried
    ? { code: null, message: null, remedy: null }
    : { code: result.code, message: result.message, remedy: result.remedy };
  return { index, publicationId: toPublicId('pub', result.publicationId), retried: result.retried, ...why };
}
