import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export const lateAnswers = ['publish', 'reschedule', 'skip'] as const;

/** What is to become of a post that is later than it allows. */
export class LateAnswerDto {
  @ApiProperty({
    enum: lateAnswers,
    enumName: 'LateAnswer',
    description: 'publish: now, however late. reschedule: at another time. skip: not at all.',
  })
  @IsIn(lateAnswers)
  answer: (typeof lateAnswers)[number];

  @ApiPropertyOptional({
    example: '2026-12-24T18:00:00',
    description: 'With reschedule, which needs it: an ISO time, as in a post.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  scheduledFor?: string;

  @ApiPropertyOptional({ example: 'Europe/Berlin', description: 'An IANA name.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  timezone?: string;
}

export class LateAnswerResultDto {
  @ApiProperty({ type: 'integer', description: 'Publications that had asked.' })
  publications: number;
}
