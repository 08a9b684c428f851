import { ApiProperty } from '@nestjs/swagger';
import { toPublicId } from '../../common/ids/index.js';
import {
  type ExplainedTarget,
  publicationStatuses,
  type PublicationStatus,
  type Reason,
} from '../../modules/publishing/index.js';
import type { Plain } from '../common/plain.js';

/** Why a target stands where it stands. */
export class ReasonDto {
  @ApiProperty({ description: 'What a program may decide on.' })
  code: string;

  @ApiProperty({ description: 'One sentence for a person.' })
  message: string;

  @ApiProperty({ type: String, nullable: true, description: 'What somebody can do about it.' })
  remedy: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is looked at next.',
  })
  until: string | null;
}

export class ExplainedTargetDto {
  @ApiProperty({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  accountId: string;

  @ApiProperty({ example: 'pub_01890a5d6e7b7c8d9e0f112233445566' })
  publicationId: string;

  @ApiProperty({ description: 'Key of the platform.' })
  platform: string;

  @ApiProperty({ enum: publicationStatuses, enumName: 'PublicationStatus' })
  status: PublicationStatus;

  @ApiProperty({ type: [ReasonDto], description: 'The cause first; the others hold as well.' })
  reasons: ReasonDto[];
}

export class ExplanationDto {
  @ApiProperty({ description: 'The cause, one line for each target, or one for the whole post.' })
  summary: string[];

  @ApiProperty({
    type: [ReasonDto],
    description:
      'What holds for the whole post while it has no plan: it is a draft, or was scheduled a moment ago.',
  })
  reasons: ReasonDto[];

  @ApiProperty({ type: [ExplainedTargetDto] })
  targets: ExplainedTargetDto[];
}

export function toExplanation(
  targets: readonly ExplainedTarget[],
  ofPost: readonly Reason[],
): Plain<ExplanationDto> {
  return {
    summary: [
      ...ofPost.map(({ message }) => message),
      ...targets.map(({ platform, reasons }) => `${platform}: ${reasons[0]?.message ?? ''}`),
    ],
    reasons: ofPost.map(toReason),
    targets: targets.map(({ accountId, publicationId, platform, status, reasons }) => ({
      accountId: toPublicId('acc', accountId),
      publicationId: toPublicId('pub', publicationId),
      platform,
      status,
      reasons: reasons.map(toReason),
    })),
  };
}

function toReason({ until, ...rest }: Reason): Plain<ReasonDto> {
  return { ...rest, until: until?.toISOString() ?? null };
}
