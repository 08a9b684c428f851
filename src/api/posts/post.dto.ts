import { ApiProperty } from '@nestjs/swagger';
import { postStatuses, type PostStatus } from '../../modules/content/index.js';
import type { PlanOutcome } from '../../modules/publishing/index.js';
import { type MediaFit, mediaFits } from '../../platforms/core/index.js';
import { outcomes, SummaryDto } from '../plans/index.js';
import { PublicationStateDto } from '../publications/index.js';
import { PolicyDto, TargetPolicyDto } from './post-policy.dto.js';

export class PostMediaDto {
  @ApiProperty({ example: 'med_01890a5d6e7b7c8d9e0f112233445566' })
  id: string;

  @ApiProperty({ type: String, nullable: true })
  altText: string | null;

  @ApiProperty({ enum: mediaFits, enumName: 'MediaFit', nullable: true })
  fit: MediaFit | null;
}

export class PostThreadPartDto {
  @ApiProperty()
  text: string;

  @ApiProperty({ type: [PostMediaDto] })
  media: PostMediaDto[];
}

export class PostTargetDto {
  @ApiProperty({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  accountId: string;

  @ApiProperty({ description: 'Key of the platform.' })
  platform: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null: that of the post.' })
  text: string | null;

  @ApiProperty({ type: String, nullable: true })
  link: string | null;

  @ApiProperty({ type: [PostMediaDto], nullable: true })
  media: PostMediaDto[] | null;

  @ApiProperty({ type: [PostThreadPartDto], nullable: true })
  thread: PostThreadPartDto[] | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  settings: object | null;

  @ApiProperty({ type: TargetPolicyDto, nullable: true, description: 'Null: that of the post.' })
  policy: TargetPolicyDto | null;

  @ApiProperty({ type: PublicationStateDto, nullable: true, description: 'Null while nothing is planned.' })
  publication: PublicationStateDto | null;
}

export class PostWarningDto {
  @ApiProperty({ example: 'time_just_past' })
  code: string;

  @ApiProperty({ description: 'For a person.' })
  message: string;

  @ApiProperty({ type: String, nullable: true, description: 'JSON pointer into the post.' })
  pointer: string | null;
}

/** A post with everything that became of it. */
export class PostDto {
  @ApiProperty({ example: 'post_01890a5d6e7b7c8d9e0f112233445566' })
  id: string;

  @ApiProperty({
    enum: postStatuses,
    enumName: 'PostStatus',
    description: 'The editorial state first, then the latest plan.',
  })
  status: PostStatus;

  @ApiProperty({
    enum: outcomes,
    enumName: 'Outcome',
    nullable: true,
    description: 'Null until all targets are settled.',
  })
  outcome: PlanOutcome | null;

  @ApiProperty({ description: 'Some targets are published and some failed.' })
  partiallyFailed: boolean;

  @ApiProperty({ description: 'A target failed or is unconfirmed.' })
  needsAttention: boolean;

  @ApiProperty({ type: SummaryDto })
  summary: SummaryDto;

  @ApiProperty()
  text: string;

  @ApiProperty({ type: String, nullable: true })
  link: string | null;

  @ApiProperty({ type: [PostMediaDto] })
  media: PostMediaDto[];

  @ApiProperty({ type: [PostThreadPartDto] })
  thread: PostThreadPartDto[];

  @ApiProperty({ type: String, nullable: true, description: 'As it was given.' })
  scheduledFor: string | null;

  @ApiProperty({ type: String, nullable: true })
  timezone: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The instant that was meant.',
  })
  dueAt: string | null;

  @ApiProperty({ type: [PostTargetDto] })
  targets: PostTargetDto[];

  @ApiProperty({ type: PolicyDto })
  policy: PolicyDto;

  @ApiProperty({ type: String, nullable: true })
  externalId: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  metadata: object;

  @ApiProperty({ type: [String] })
  labels: string[];

  @ApiProperty({ type: [PostWarningDto] })
  warnings: PostWarningDto[];

  @ApiProperty({ type: String, nullable: true, example: 'plan_01890a5d6e7b7c8d9e0f112233445566' })
  latestPlanId: string | null;

  @ApiProperty({ type: 'integer', description: 'Grows with every change of the post; the ETag.' })
  revision: number;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt: string;
}
