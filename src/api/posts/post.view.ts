import { toPublicId } from '../../common/ids/index.js';
import type { AccountView } from '../../modules/accounts/index.js';
import type { MediaRef, Post, PostTarget, TargetPolicy, WrittenPart } from '../../modules/content/index.js';
import { type PlanView, publicationIdOf, type PublicationView } from '../../modules/publishing/index.js';
import type { Plain } from '../common/plain.js';
import { plannedPublication, type PublicationStateDto, toPublicationState } from '../publications/index.js';
import type { PostDto, PostMediaDto, PostTargetDto, PostThreadPartDto } from './post.dto.js';
import type { TargetPolicyDto } from './post-policy.dto.js';
import { currentPlan, plannedIdOf, postStatusOf } from './post.plan.js';
import { outcomeOf, summarize } from './post.summary.js';

export interface PostSource {
  readonly post: Post;
  readonly latestPlan: PlanView | null;
  /** Of earlier plans, newest first: for targets that the latest plan has left out. */
  readonly earlier: readonly PublicationView[];
  readonly accounts: ReadonlyMap<string, AccountView>;
}

/** A post as clients see it: from Content what it says, from Publishing what became of it. */
export function toPostDto(source: PostSource): Plain<PostDto> {
  const { post } = source;
  const plan = currentPlan(post, source.latestPlan);
  const status = postStatusOf(post, plan);
  const scheduledPlanId = plan === null && status === 'scheduled' ? plannedIdOf(post) : null;
  const publications = post.targets.map((target) => publicationOf(target, plan, source.earlier));
  const summary = summarize(publications);
  const planId = plan?.id ?? scheduledPlanId;
  return {
    id: toPublicId('post', post.id),
    status,
    outcome: plan === null ? null : outcomeOf(summary),
    partiallyFailed: summary.published > 0 && summary.failed > 0,
    needsAttention: summary.failed + summary.unconfirmed > 0,
    summary,
    ...contentOf(post),
    dueAt: (plan?.dueAt ?? post.dueAt)?.toISOString() ?? null,
    targets: post.targets.map((target, index) =>
      targetOf(target, publications[index] ?? null, source, scheduledPlanId),
    ),
    latestPlanId: planId === null ? null : toPublicId('plan', planId),
    revision: post.revision,
    createdAt: post.createdAt.toISOString(),
    updatedAt: post.updatedAt.toISOString(),
  };
}

function publicationOf(
  { accountId }: PostTarget,
  plan: PlanView | null,
  earlier: readonly PublicationView[],
): PublicationView | null {
  if (plan === null) return null;
  const ofAccount = (view: PublicationView): boolean => view.accountId === accountId;
  return plan.publications.find(ofAccount) ?? earlier.find(ofAccount) ?? null;
}

function targetOf(
  target: PostTarget,
  publication: PublicationView | null,
  { accounts }: PostSource,
  scheduledPlanId: string | null,
): Plain<PostTargetDto> {
  const { accountId, text, link, media, thread, settings, policy } = target;
  return {
    accountId: toPublicId('acc', accountId),
    platform: accounts.get(accountId)?.ref.platform ?? publication?.platform ?? '',
    text,
    link,
    media: media?.map(mediaOf) ?? null,
    thread: thread?.map(partOf) ?? null,
    settings,
    policy: policy === null ? null : policyOf(policy),
    publication: publication === null ? plannedOf(target, scheduledPlanId) : toPublicationState(publication),
  };
}

function plannedOf({ id }: PostTarget, planId: string | null): Plain<PublicationStateDto> | null {
  return planId === null ? null : plannedPublication(publicationIdOf(planId, id));
}

function contentOf(post: Post) {
  return {
    text: post.text,
    link: post.link,
    media: post.media.map(mediaOf),
    thread: post.thread.map(partOf),
    scheduledFor: post.scheduledFor,
    timezone: post.timezone,
    policy: { ...post.policy, late: { ...post.policy.late }, degrade: [...post.policy.degrade] },
    externalId: post.externalId,
    metadata: post.metadata,
    labels: [...post.labels],
    warnings: post.warnings.map(({ code, message, pointer }) => ({ code, message, pointer })),
  };
}

function policyOf({ degrade, ...policy }: Partial<TargetPolicy>): Plain<TargetPolicyDto> {
  return degrade === undefined ? policy : { ...policy, degrade: [...degrade] };
}

function mediaOf({ id, altText, fit }: MediaRef): Plain<PostMediaDto> {
  return { id: toPublicId('med', id), altText, fit: fit ?? null };
}

function partOf({ text, media }: WrittenPart): Plain<PostThreadPartDto> {
  return { text, media: media.map(mediaOf) };
}
