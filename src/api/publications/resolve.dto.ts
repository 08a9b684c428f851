import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUrl, MaxLength, MinLength } from 'class-validator';
import { IfDefined } from '../common/if-defined.decorator.js';

export const verdicts = ['published', 'not_published'] as const;
export type Verdict = (typeof verdicts)[number];

/** What a person saw on the platform. */
export class ResolveDto {
  @ApiProperty({ enum: verdicts, enumName: 'ResolveVerdict' })
  @IsIn(verdicts)
  verdict: Verdict;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 500,
    description: 'Of what is there, if published.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  platformPostId?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 2000,
    description: 'Where it is, if published.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  permalink?: string | null;

  @ApiPropertyOptional({
    example: 'part:1',
    maxLength: 200,
    description:
      'Which visible thing, by the key that its attempts show; needed when several are unconfirmed.',
  })
  @IfDefined()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  commit?: string;

  @ApiPropertyOptional({ default: false, description: 'If not published: send it once more.' })
  @IfDefined()
  @IsBoolean()
  retry?: boolean;
}
