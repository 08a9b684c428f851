import { ApiProperty } from '@nestjs/swagger';

export class LivenessDto {
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';
}

export class ReadinessCheckDto {
  @ApiProperty({ enum: ['database', 'schema', 'queue'] })
  name: 'database' | 'schema' | 'queue';

  @ApiProperty()
  ok: boolean;

  @ApiProperty({ description: 'For a person; never a secret.' })
  message: string;
}

export class ReadinessDto {
  @ApiProperty({ enum: ['ok', 'unavailable'] })
  status: 'ok' | 'unavailable';

  @ApiProperty({ type: [ReadinessCheckDto] })
  checks: ReadinessCheckDto[];
}
