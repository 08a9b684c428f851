import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One thing that is wrong with what was sent. */
export class ViolationDto {
  @ApiProperty({
    description: 'JSON pointer into the body; empty: the whole of it.',
    example: '/targets/1/text',
  })
  pointer: string;

  @ApiProperty({ description: 'The rule that was broken.', example: 'text_too_long' })
  rule: string;

  @ApiProperty({ description: 'For a person.' })
  message: string;

  @ApiPropertyOptional({
    description: 'What the rule allows.',
    oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'array', items: { type: 'string' } }],
  })
  limit?: number | string | string[];

  @ApiPropertyOptional({
    description: 'What was sent, or how much of it.',
    oneOf: [{ type: 'number' }, { type: 'string' }],
  })
  actual?: number | string;

  @ApiProperty({ description: 'What to do, for a person.' })
  remedy: string;
}

/** Any error, as of RFC 9457. */
export class ProblemDto {
  @ApiProperty({ example: 'urn:fanfare:problem:validation_failed' })
  type: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ type: 'integer', example: 422 })
  status: number;

  @ApiProperty({ description: 'For a person.' })
  detail: string;

  @ApiProperty({ description: 'What a program may decide on.', example: 'validation_failed' })
  code: string;

  @ApiProperty({ description: 'Quote it when you ask; the log knows it.' })
  requestId: string;

  @ApiProperty({ description: 'The path of the request.' })
  instance: string;

  @ApiProperty({ type: [ViolationDto], description: 'Every single thing that is wrong.' })
  errors: ViolationDto[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Ids and numbers beside the code.',
  })
  details?: Record<string, unknown>;
}
