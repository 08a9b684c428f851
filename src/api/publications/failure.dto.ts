import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { failureKinds, type FailureKind } from '../../platforms/core/index.js';

/** Which part of a post is to blame. */
export class FailureItemDto {
  @ApiPropertyOptional({ type: 'integer', description: 'Index into the media of the part.' })
  mediaIndex?: number;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'Index of the part of a thread; 0 is the post itself.',
  })
  threadPart?: number;

  @ApiPropertyOptional({ description: 'One recipient of several.' })
  recipient?: string;
}

/** Why something did not go out, or is not known to have gone out. */
export class FailureDto {
  @ApiProperty({ enum: failureKinds, enumName: 'FailureKind' })
  kind: FailureKind;

  @ApiProperty({ description: 'What a program may decide on: `<platform>.<what>`.' })
  code: string;

  @ApiProperty({ type: String, nullable: true, description: "The platform's own code." })
  platformCode: string | null;

  @ApiProperty({ enum: ['user', 'platform', 'system'], description: 'Who can do something about it.' })
  source: 'user' | 'platform' | 'system';

  @ApiProperty({ description: 'True: it is tried again by itself.' })
  retryable: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  retryAt: string | null;

  @ApiProperty({ description: 'For a person.' })
  message: string;

  @ApiProperty({ description: 'What to do, for a person.' })
  remedy: string;

  @ApiProperty({ type: FailureItemDto, nullable: true })
  item: FailureItemDto | null;
}
