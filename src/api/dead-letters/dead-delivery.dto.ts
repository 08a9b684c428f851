import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';
import { toPublicId } from '../../common/ids/index.js';
import type { DeadLetterEntity } from '../../common/events/index.js';
import { textAt } from '../../platforms/core/index.js';
import { IfDefined } from '../common/if-defined.decorator.js';
import type { Plain } from '../common/plain.js';

export class DeadDeliveryQuery {
  @ApiPropertyOptional({ description: 'The nextCursor of the page before.' })
  @IfDefined()
  @Matches(/^dead_[0-9a-f]{32}$/)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
  @IfDefined()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

/** An event that a part of the engine could not take in, however often it was tried. */
export class DeadDeliveryDto {
  @ApiProperty({ example: 'dead_01890a5d6e7b7c8d9e0f112233445566' })
  id: string;

  @ApiProperty({ description: 'Who could not take it in.', example: 'publishing.make-plan' })
  listener: string;

  @ApiProperty({ description: 'Type of the event.', example: 'scheduling.occurrence-due' })
  event: string;

  @ApiProperty({ description: 'The last error.' })
  error: string;

  @ApiProperty({ type: String, format: 'date-time' })
  diedAt: string;
}

/** Newest first. */
export class DeadDeliveryListDto {
  @ApiProperty({ type: [DeadDeliveryDto] })
  items: DeadDeliveryDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  nextCursor: string | null;
}

export function toDeadDelivery({ id, details, createdAt }: DeadLetterEntity): Plain<DeadDeliveryDto> {
  return {
    id: toPublicId('dead', id),
    listener: textAt(details, 'listener') ?? '',
    event: textAt(details, 'type') ?? '',
    error: textAt(details, 'error') ?? '',
    diedAt: createdAt.toISOString(),
  };
}
