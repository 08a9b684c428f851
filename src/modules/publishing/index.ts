export { DeletionService } from './deletion.service.js';
export { publishingEntities } from './entities/index.js';
export { type HoldScope, holdScopes } from './entities/hold.entity.js';
export { type DeadLetterPage, DeadLetterReader, type DeadLetterView } from './dead-letter.reader.js';
export { type ExplainedTarget, ExplainReader } from './explain.reader.js';
export type { Reason } from './reason.js';
export { HoldService, type HoldSubject } from './hold.service.js';
export { type LateAnswer, LateAnswers } from './late.answers.js';
export { MetricsService, type MetricsView } from './metrics.service.js';
export { type CancelResult, PlanCommands } from './plan.commands.js';
export { planIdOf, publicationIdOf } from './plan.maker.js';
export { PlanReader, type PlanSummary, type PlanView, type PublicationFilter } from './plan.reader.js';
export { type PlanOutcome, type PlanStatus, planStatuses, type SuccessPolicy } from './plan-status.js';
export { type Switch, type SwitchedOff, switchers, PlatformSwitches } from './platform.switches.js';
export { PlatformSwitching } from './platform.switching.js';
export { type WhenDue, whenDueModes } from './entities/platform-switch.entity.js';
export {
  publicationStatuses,
  type PublicationStatus,
  type PublicationView,
  type WaitingFor,
} from './publication.view.js';
export { type PublishRequestPayload, publishingJobs, requestPublish } from './publish.jobs.js';
export { PublishingModule } from './publishing.module.js';
export { type PublishedPlan, type PublishOptions, PublishingService } from './publishing.service.js';
export { type Restored, RestorationService, type SuspectedPublication } from './restoration.service.js';
export { type Judgement, ResolveService } from './resolve.service.js';
export {
  retryableEnds,
  type RetryFilter,
  type UnsuccessfulEnd,
  unsuccessfulEnds,
  type UnsuccessfulFilter,
} from './retry.filter.js';
export { type RetryResult, RetryService } from './retry.service.js';
export type { StoredError, StoredWarning } from './stored-error.js';
export { type TimelineEntry, timelineKinds } from './timeline.entries.js';
export { type AttemptView, type CallView, TimelineReader } from './timeline.reader.js';
