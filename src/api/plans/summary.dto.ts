import { ApiProperty } from '@nestjs/swagger';

/** Targets, counted by how they stand. */
export class SummaryDto {
  @ApiProperty({ type: 'integer' })
  total: number;

  @ApiProperty({ type: 'integer' })
  published: number;

  @ApiProperty({ type: 'integer' })
  failed: number;

  @ApiProperty({ type: 'integer' })
  unconfirmed: number;

  @ApiProperty({ type: 'integer' })
  skipped: number;

  @ApiProperty({ type: 'integer' })
  canceled: number;

  @ApiProperty({ type: 'integer', description: 'Not settled yet.' })
  pending: number;
}

export const outcomes = ['complete', 'partial', 'none', 'unknown'] as const;
