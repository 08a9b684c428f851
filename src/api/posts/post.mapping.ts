import { parsePublicId } from '../../common/ids/index.js';
import {
  type CreatePost,
  defaultPolicy,
  type LatePolicy,
  type MediaRef,
  type PatchPost,
  type PostPolicy,
  type ScheduleInput,
  type TargetInput,
  type TargetPolicy,
  type WrittenPart,
} from '../../modules/content/index.js';
import type { MediaRefDto, ThreadPartDto } from './post-parts.dto.js';
import type { LatePolicyDto, PostPolicyDto, TargetPolicyDto } from './post-policy.dto.js';
import type { CreatePostDto, UpdatePostDto } from './post-requests.dto.js';
import type { TargetDto } from './post-target.dto.js';

export function toCreatePost(dto: CreatePostDto, schedule: ScheduleInput | null): CreatePost {
  return {
    text: dto.text ?? '',
    link: dto.link ?? null,
    media: (dto.media ?? []).map(toMedia),
    thread: (dto.thread ?? []).map(toPart),
    targets: (dto.targets ?? []).map(toTarget),
    schedule,
    policy: dto.policy === undefined ? defaultPolicy : toPolicy(dto.policy, defaultPolicy),
    externalId: dto.externalId ?? null,
    metadata: dto.metadata ?? {},
    labels: dto.labels ?? [],
  };
}

/** `schedule` undefined: the time stays. */
export function toPatchPost(
  dto: UpdatePostDto,
  schedule: ScheduleInput | null | undefined,
  policy: PostPolicy,
): PatchPost {
  const { text, link, externalId, metadata, labels } = dto;
  return {
    ...(text === undefined ? {} : { text }),
    ...(link === undefined ? {} : { link }),
    ...(dto.media === undefined ? {} : { media: dto.media.map(toMedia) }),
    ...(dto.thread === undefined ? {} : { thread: dto.thread.map(toPart) }),
    ...(dto.targets === undefined ? {} : { targets: dto.targets.map(toTarget) }),
    ...(schedule === undefined ? {} : { schedule }),
    ...(dto.policy === undefined ? {} : { policy: toPolicy(dto.policy, policy) }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(labels === undefined ? {} : { labels }),
  };
}

function toTarget({ accountId, text, link, media, thread, settings, policy }: TargetDto): TargetInput {
  return {
    accountId: idOf('acc', accountId),
    text: text ?? null,
    link: link ?? null,
    media: media?.map(toMedia) ?? null,
    thread: thread?.map(toPart) ?? null,
    settings: settings ?? null,
    policy: policy === undefined || policy === null ? null : toTargetPolicy(policy),
  };
}

function toPart({ text, media }: ThreadPartDto): WrittenPart {
  return { text, media: (media ?? []).map(toMedia) };
}

function toMedia({ id, altText, fit }: MediaRefDto): MediaRef {
  const ref = { id: idOf('med', id), altText: altText ?? null };
  return fit === undefined || fit === null ? ref : { ...ref, fit };
}

/** What is no id of ours stays recognisably none, and Content answers that there is no such thing. */
function idOf(prefix: string, text: string): string {
  return parsePublicId(prefix, text) ?? `not an id: ${text}`;
}

function toTargetPolicy({ retry, giveUpAfterMinutes, degrade }: TargetPolicyDto): Partial<TargetPolicy> {
  return {
    ...(retry === undefined ? {} : { retry }),
    ...(giveUpAfterMinutes === undefined ? {} : { giveUpAfterMinutes }),
    ...(degrade === undefined ? {} : { degrade }),
  };
}

function toPolicy(dto: PostPolicyDto, otherwise: PostPolicy): PostPolicy {
  const { success, late, priority } = dto;
  return {
    ...otherwise,
    ...toTargetPolicy(dto),
    success: success ?? otherwise.success,
    late: late === undefined ? otherwise.late : toLate(late),
    priority: priority ?? otherwise.priority,
  };
}

function toLate({ mode, notAfterMinutes }: LatePolicyDto): LatePolicy {
  return mode !== 'publish' && notAfterMinutes !== undefined
    ? { mode, notAfterMinutes }
    : { mode: 'publish' };
}
