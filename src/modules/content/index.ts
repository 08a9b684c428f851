import { PostTargetEntity } from './entities/post-target.entity.js';
import { PostEntity } from './entities/post.entity.js';

export { ContentModule } from './content.module.js';
export { PlanProjection, type PlanState } from './plan.projection.js';
export type {
  CreatePost,
  PatchPost,
  PostFilter,
  PostPage,
  PostUpdate,
  ResolvedTime,
  ScheduleChange,
  ScheduleInput,
  TargetInput,
} from './post.input.js';
export {
  defaultPolicy,
  leastNotAfterMinutes,
  type LatePolicy,
  policyOfTarget,
  priorities,
  type Priority,
  retryPolicies,
  type TargetPolicy,
  type PostPolicy,
  successPolicies,
  type SuccessPolicy,
} from './post.policy.js';
export { type ComposedPost, type ComposedTarget, PostReader, type PostSchedule } from './post.reader.js';
export { PostPreflight, type Preflight } from './post.preflight.js';
export type { TargetFile } from './post.validator.js';
export { type EditorialState, type PostStatus, postStatuses } from './post.status.js';
export type { MediaRef, Post, PostTarget, PostWarning, WrittenPart } from './post.js';
export { PostsService } from './posts.service.js';

export const contentEntities = [PostEntity, PostTargetEntity];
