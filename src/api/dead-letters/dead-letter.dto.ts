import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { toPublicId } from '../../common/ids/index.js';
import {
  type DeadLetterView,
  type UnsuccessfulEnd,
  unsuccessfulEnds,
} from '../../modules/publishing/index.js';
import { IfDefined } from '../common/if-defined.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicationDto, toPublication, UnsuccessfulFilterDto } from '../publications/index.js';

export class DeadLetterQuery extends UnsuccessfulFilterDto {
  @ApiPropertyOptional({ enum: unsuccessfulEnds, enumName: 'UnsuccessfulEnd' })
  @IfDefined()
  @IsIn(unsuccessfulEnds)
  ended?: UnsuccessfulEnd;

  @ApiPropertyOptional({ description: 'The nextCursor of the page before.' })
  @IfDefined()
  @Matches(/^pub_[0-9a-f]{32}$/)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
  @IfDefined()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

/** A publication that did not end well. */
export class DeadLetterDto {
  @ApiProperty({
    enum: unsuccessfulEnds,
    enumName: 'UnsuccessfulEnd',
    description:
      'incomplete: published, but something that was to follow is missing. unconfirmed: only a person can tell.',
  })
  ended: UnsuccessfulEnd;

  @ApiProperty({ type: String, format: 'date-time' })
  endedAt: string;

  @ApiProperty({ description: 'The cause, for a program.' })
  code: string;

  @ApiProperty({ description: 'The cause, for a person.' })
  message: string;

  @ApiProperty({ type: String, nullable: true, description: 'What to do about it.' })
  remedy: string | null;

  @ApiProperty({
    description: 'Where every call stands with its request and its answer.',
    example: '/api/v1/publications/pub_01890a5d6e7b7c8d9e0f112233445566/attempts',
  })
  evidence: string;

  @ApiProperty({ type: PublicationDto })
  publication: PublicationDto;
}

/** Newest first. */
export class DeadLetterListDto {
  @ApiProperty({ type: [DeadLetterDto] })
  items: DeadLetterDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  nextCursor: string | null;
}

export function toDeadLetter({ publication, endedAt, ...rest }: DeadLetterView): Plain<DeadLetterDto> {
  return {
    ...rest,
    endedAt: endedAt.toISOString(),
    evidence: `/api/v1/publications/${toPublicId('pub', publication.id)}/attempts`,
    publication: toPublication(publication),
  };
}
