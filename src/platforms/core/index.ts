export type { ApiCost, PlatformDescriptor } from './descriptor.js';
export type { AccountRef, Credentials } from './account.js';
export { bodyOf, unreadableBy } from './answer.js';
export { bestFit, type MediaSelection } from './best-fit.js';
export type {
  LinkForm,
  MediaLimit,
  MediaRules,
  PlatformCapabilities,
  PostVariant,
  ReconcilePolicy,
  TextLimit,
  TextRules,
} from './capabilities.js';
export { uploadInChunks, type Chunk, type ChunkedUpload } from './chunked.upload.js';
export {
  BaseConnector,
  type AccountCheck,
  type AuthorizeInput,
  type AuthorizeStart,
  type ConnectableAccount,
  type ConnectDescriptor,
  type ConnectField,
  type OAuthCallback,
  type RefreshedCredentials,
} from './connector.js';
export { type MediaItem, type PlannedRendition, type TargetContent, type ThreadPart } from './content.js';
export { type DroppablePart, droppableParts } from './context.js';
export type {
  Absent,
  CannotTell,
  CommitOptions,
  CommitResult,
  Found,
  OpenCommit,
  PublishContext,
  PublishResult,
  PublishWarning,
  ReadContext,
  ReconcileContext,
  ReconcileResult,
  StepOptions,
  WaitOptions,
  WaitResult,
} from './context.js';
export { connectorKeyOf, PlatformConnector, PlatformPublisher, publisherKeyOf } from './decorators.js';
export { classifyAnswer, type ErrorRow, type ErrorTable, type FailedAnswer } from './error-table.js';
export { PlatformWiringError } from './explorer.js';
export type { JsonObject, JsonValue } from './json.js';
export {
  flagAt,
  isRecord,
  listAt,
  numberAt,
  recordAt,
  textAt,
  textsAt,
  type JsonRecord,
} from './json.reader.js';
export { kindsOf } from './kinds.js';
export { orLeaveOut } from './left-out.js';
export { hasMark, withMark } from './link-mark.js';
export { type Listed, type ListPage, readSince, sinceOf, type Window } from './list-since.js';
export { liveSettingsOf, type LiveOption, type OptionList, type OptionsRequest } from './live-options.js';
export type { ManageContext, PublishedPost } from './manage.js';
export { type Canvas, type MediaFit, mediaFits, type Size } from './media/canvas.js';
export type { MediaDetails, MediaFacts } from './media/media-facts.js';
export {
  type PlannedContent,
  type PlannedFile,
  planContent,
  renditionsOf,
  unfitOf,
} from './media/content.plan.js';
export { type MediaKind, mediaKinds } from './media/media-kind.js';
export type { MediaPlan, PlannedFacts, PlanWish } from './media/media-plan.js';
export { mediaTables } from './media/media-table.js';
export { planMedia } from './media/media.planner.js';
export { type BrokenRule, brokenRules } from './media/media-rules.js';
export {
  type CleanRecipe,
  describeRecipe,
  type ImageRecipe,
  type ImageType,
  type Recipe,
  recipeHash,
  type VideoPicture,
  type VideoRecipe,
} from './media/recipe.js';
export { selectMedia, type LeftOut, type SelectedContent } from './media-selection.js';
export { metricNames, type MetricName, type PostMetrics } from './metrics.js';
export type { OAuthApp } from './oauth-app.js';
export { OAuthClient, type GrantFields } from './oauth/oauth.client.js';
export { OAuthModule } from './oauth/oauth.module.js';
export type { OAuth2Spec, OAuthToken, PkceMethod } from './oauth/oauth.types.js';
export { endOf, OAuth2Connector, type OAuthGrant } from './oauth/oauth2.connector.js';
export type { CircuitPolicy, LimitReading, Pacing, RateLimit, SeenAnswer } from './pacing.js';
export { PlatformsCoreModule } from './platforms-core.module.js';
export { checkContent } from './preflight.js';
export {
  failureKinds,
  PublishError,
  type FailureItem,
  type FailureKind,
  type FailureSource,
} from './publish-error.js';
export { BasePublisher, type RetryProfileName, retryProfileNames } from './publisher.js';
export { PlatformRegistry, type RegisteredPlatform } from './registry.js';
export { checkSettings, wholeSettings, type SettingsSchema } from './settings.js';
export {
  brokenTextLimits,
  countCodePoints,
  countGraphemes,
  graphemes,
  measureText,
  textUnits,
  type TextUnit,
} from './text.js';
export { rulesFor, type PostRules } from './variants.js';
export { PlatformVersions, type PlatformVersion } from './versions.js';
