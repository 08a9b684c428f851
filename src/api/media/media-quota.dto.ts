import { ApiProperty } from '@nestjs/swagger';
import type { MediaUsage } from '../../modules/media/index.js';
import type { Plain } from '../common/plain.js';

export class MediaQuotaDto {
  @ApiProperty({
    type: 'integer',
    description:
      'What uploaded and imported files take. The same bytes count once; previews and renditions do not.',
  })
  bytes: number;

  @ApiProperty({ type: 'integer' })
  files: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: as many as fit.' })
  quotaBytes: number | null;

  @ApiProperty({
    enum: ['workspace', 'installation'],
    description: 'Whether the quota is this workspace’s own or what the installation gives to all.',
  })
  quotaOf: 'workspace' | 'installation';

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: as many as fit.' })
  leftBytes: number | null;
}

export function toMediaQuotaDto(usage: MediaUsage): Plain<MediaQuotaDto> {
  const { bytes, files, quotaBytes, quotaOf } = usage;
  return {
    bytes,
    files,
    quotaBytes,
    quotaOf,
    leftBytes: quotaBytes === null ? null : Math.max(0, quotaBytes - bytes),
  };
}
