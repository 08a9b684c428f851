import { ApiProperty } from '@nestjs/swagger';
import { toPublicId } from '../../common/ids/index.js';
import type { MetricsView } from '../../modules/publishing/index.js';
import { metricNames, type MetricName } from '../../platforms/core/index.js';
import type { Plain } from '../common/plain.js';

/** The figures of a post as the platform gave them last. */
export class MetricsDto {
  @ApiProperty({ example: 'pub_01890a5d6e7b7c8d9e0f112233445566' })
  publicationId: string;

  @ApiProperty({
    enum: metricNames,
    isArray: true,
    description: 'What the platform gives for such posts; empty: nothing, which is not the same as 0.',
  })
  available: MetricName[];

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'number' },
    description: 'By name; what the platform left out is left out.',
  })
  values: Record<string, number>;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt: string | null;
}

export function toMetrics(publicationId: string, view: MetricsView): Plain<MetricsDto> {
  return {
    publicationId: toPublicId('pub', publicationId),
    available: [...view.available],
    values: { ...view.values },
    readAt: view.readAt?.toISOString() ?? null,
  };
}
