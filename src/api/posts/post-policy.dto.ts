import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  leastNotAfterMinutes,
  priorities,
  type Priority,
  retryPolicies,
  successPolicies,
  type SuccessPolicy,
} from '../../modules/content/index.js';
import { type DroppablePart, droppableParts, type RetryProfileName } from '../../platforms/core/index.js';
import { IfDefined } from '../common/if-defined.decorator.js';

const minutesOfAYear = 525_600;
export const lateModes = ['publish', 'skip', 'ask'] as const;

const retryDescription =
  'How a failure that may pass is tried again: standard (after 1, 5 and 15 minutes), quick (1, 2, 4 minutes), exponential (from 5 seconds on, doubling, 5 times), patient (5 minutes to 4 hours, 6 times), mail (5 minutes to a day, 6 times), never. Null: as the platform needs it.';
const giveUpDescription =
  'How many minutes it is tried and waits for limits and outages, from its time or from when somebody let it go on. Null: up to a day of waiting, and every retry of its profile. What may be out already is looked for however long it takes.';
const degradeDescription =
  'What may be left out, with a warning that says why, instead of failing when a platform refuses it.';

/** What happens when the post could not go out in time. */
export class LatePolicyDto {
  @ApiProperty({
    enum: lateModes,
    enumName: 'LateMode',
    description: 'ask: it is held until somebody answers with POST /api/v1/posts/{id}/late.',
  })
  @IsIn(lateModes)
  mode: (typeof lateModes)[number];

  @ApiPropertyOptional({
    type: 'integer',
    minimum: leastNotAfterMinutes,
    maximum: minutesOfAYear,
    description: 'With skip and ask, which need it: so many minutes after its time it is too late.',
  })
  @ValidateIf(
    ({ mode, notAfterMinutes }: LatePolicyDto) => mode !== 'publish' || notAfterMinutes !== undefined,
  )
  @IsInt()
  @Min(leastNotAfterMinutes)
  @Max(minutesOfAYear)
  notAfterMinutes?: number;
}

/** What a target may have of its own; what is absent is taken from the post. */
export class TargetPolicyDto {
  @ApiPropertyOptional({
    enum: retryPolicies,
    enumName: 'RetryPolicy',
    nullable: true,
    description: retryDescription,
  })
  @IsOptional()
  @IsIn(retryPolicies)
  retry?: RetryProfileName | null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: minutesOfAYear,
    description: giveUpDescription,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(minutesOfAYear)
  giveUpAfterMinutes?: number | null;

  @ApiPropertyOptional({
    enum: droppableParts,
    enumName: 'DroppablePart',
    isArray: true,
    description: degradeDescription,
  })
  @IfDefined()
  @IsArray()
  @ArrayUnique()
  @IsIn(droppableParts, { each: true })
  degrade?: DroppablePart[];
}

export class PostPolicyDto extends TargetPolicyDto {
  @ApiPropertyOptional({
    enum: successPolicies,
    enumName: 'SuccessPolicy',
    default: 'any',
    description: 'Whether the post counts as published when one target is, or only when all are.',
  })
  @IfDefined()
  @IsIn(successPolicies)
  success?: SuccessPolicy;

  @ApiPropertyOptional({ type: LatePolicyDto, default: { mode: 'publish' } })
  @IfDefined()
  @ValidateNested()
  @Type(() => LatePolicyDto)
  late?: LatePolicyDto;

  @ApiPropertyOptional({
    enum: priorities,
    enumName: 'Priority',
    default: 'normal',
    description:
      "Which of the workspace's own posts that are due go first. Other workspaces do not wait for it.",
  })
  @IfDefined()
  @IsIn(priorities)
  priority?: Priority;
}

export class LateDto {
  @ApiProperty({ enum: lateModes, enumName: 'LateMode' })
  mode: (typeof lateModes)[number];

  @ApiProperty({ type: 'integer', required: false })
  notAfterMinutes?: number;
}

export class PolicyDto {
  @ApiProperty({ enum: successPolicies, enumName: 'SuccessPolicy' })
  success: SuccessPolicy;

  @ApiProperty({ type: LateDto })
  late: LateDto;

  @ApiProperty({ enum: priorities, enumName: 'Priority' })
  priority: Priority;

  @ApiProperty({ enum: retryPolicies, enumName: 'RetryPolicy', nullable: true })
  retry: RetryProfileName | null;

  @ApiProperty({ type: 'integer', nullable: true })
  giveUpAfterMinutes: number | null;

  @ApiProperty({ enum: droppableParts, enumName: 'DroppablePart', isArray: true })
  degrade: DroppablePart[];
}
