import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { toPublicId } from '../../common/ids/index.js';
import type { RetryResult } from '../../modules/publishing/index.js';
import { IfDefined } from '../common/if-defined.decorator.js';
import type { Plain } from '../common/plain.js';

/** Which of the publications that failed or were skipped are taken up again; all conditions that are given must hold. */
export class RetryFilterDto {
  @ApiPropertyOptional({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  @IfDefined()
  @Matches(/^acc_[0-9a-f]{32}$/)
  accountId?: string;

  @ApiPropertyOptional({ example: 'post_01890a5d6e7b7c8d9e0f112233445566' })
  @IfDefined()
  @Matches(/^post_[0-9a-f]{32}$/)
  postId?: string;

  @ApiPropertyOptional({ description: 'Key of the platform.', maxLength: 50 })
  @IfDefined()
  @IsString()
  @MaxLength(50)
  platform?: string;

  @ApiPropertyOptional({ description: 'Code of the error.', maxLength: 100 })
  @IfDefined()
  @IsString()
  @MaxLength(100)
  code?: string;

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
