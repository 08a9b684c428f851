import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsString, Matches, MaxLength } from 'class-validator';
import { parsePublicId } from '../../common/ids/index.js';
import type { UnsuccessfulFilter } from '../../modules/publishing/index.js';
import { failureKinds, type FailureKind } from '../../platforms/core/index.js';
import { IfDefined } from '../common/if-defined.decorator.js';

/** Which of the publications that did not end well are meant; all conditions that are given must hold. */
export class UnsuccessfulFilterDto {
  @ApiPropertyOptional({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  @IfDefined()
  @Matches(/^acc_[0-9a-f]{32}$/)
  accountId?: string;

  @ApiPropertyOptional({ example: 'post_01890a5d6e7b7c8d9e0f112233445566' })
  @IfDefined()
  @Matches(/^post_[0-9a-f]{32}$/)
  postId?: string;

  @ApiPropertyOptional({ example: 'plan_01890a5d6e7b7c8d9e0f112233445566' })
  @IfDefined()
  @Matches(/^plan_[0-9a-f]{32}$/)
  planId?: string;

  @ApiPropertyOptional({ description: 'Key of the platform.', maxLength: 50 })
  @IfDefined()
  @IsString()
  @MaxLength(50)
  platform?: string;

  @ApiPropertyOptional({
    description: 'Code of the error; of a skipped one its reason.',
    maxLength: 100,
    example: 'example.token_revoked',
  })
  @IfDefined()
  @IsString()
  @MaxLength(100)
  code?: string;

  @ApiPropertyOptional({ enum: failureKinds, enumName: 'FailureKind', description: 'Kind of the error.' })
  @IfDefined()
  @IsIn(failureKinds)
  kind?: FailureKind;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Ended at or after this instant.' })
  @IfDefined()
  @IsISO8601({ strict: true })
  since?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Ended before this instant.' })
  @IfDefined()
  @IsISO8601({ strict: true })
  until?: string;
}

export function toFilter(dto: UnsuccessfulFilterDto): UnsuccessfulFilter {
  const { accountId, postId, planId, platform, code, kind, since, until } = dto;
  return {
    accountId: uuid('acc', accountId),
    postId: uuid('post', postId),
    planId: uuid('plan', planId),
    platform,
    code,
    kind,
    since: since === undefined ? undefined : new Date(since),
    until: until === undefined ? undefined : new Date(until),
  };
}

function uuid(prefix: string, publicId: string | undefined): string | undefined {
  return publicId === undefined ? undefined : (parsePublicId(prefix, publicId) ?? undefined);
}
