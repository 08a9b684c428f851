import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { IfDefined } from '../common/if-defined.decorator.js';

/** Why something is held. */
export class HoldDto {
  @ApiPropertyOptional({ maxLength: 500, description: 'Shown to whoever asks why it has not gone out.' })
  @IfDefined()
  @IsString()
  @MaxLength(500)
  reason?: string;
}

export class HoldResultDto {
  @ApiProperty({ type: 'integer', description: 'Publications that are held by it, or that go on.' })
  publications: number;
}
