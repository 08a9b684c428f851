import type { Clock } from '../../common/clock/index.js';
import type {
  AccountRef,
  BasePublisher,
  CommitResult,
  DroppablePart,
  LimitReading,
  PublishWarning,
  RetryProfileName,
  TargetContent,
} from '../../platforms/core/index.js';
import { isComplete, knownBy } from './commits.js';
import type { CommitEntity } from './entities/commit.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import type { StepEntity } from './entities/step.entity.js';
import type { WakeReason } from './publication.states.js';

/** How a run got the right to decide. */
export interface Claim {
  /** By the database's clock. */
  readonly at: Date;
  /** By the process's own, not later than that. */
  readonly monotonicMs: number;
  /** What the wake was for that led to this run. */
  readonly wokenBy: WakeReason;
}

/** One claimed run of a publication, as this process sees it. */
export class PublicationRun {
  readonly steps = new Map<string, StepEntity>();
  readonly commits = new Map<string, CommitEntity>();
  readonly warnings: PublishWarning[] = [];
  /** Open commits of which nothing more can be told, each with the reason, where the others go on nevertheless. */
  readonly givenUp = new Map<string, string>();
  /** Files that are still to be made, and why one cannot be. */
  media: { readonly open: number; readonly failed: string | null } = { open: 0, failed: null };
  attemptId: string | null = null;
  /** Of the account, when it was last asked whether anything is held. */
  brandId: string | null = null;
  /** Version of the credentials that were used last. */
  credentialsVersion: number | null = null;
  /** What answers of this run said of the platform's limits, by name. */
  readonly limitReadings = new Map<string, LimitReading>();
  /** Names this run as the one that probes an open circuit. */
  probe: string | null = null;
  readonly controller = new AbortController();

  constructor(
    readonly publication: PublicationEntity,
    readonly content: TargetContent,
    readonly contentRevision: number,
    readonly token: string,
    readonly account: AccountRef,
    readonly publisher: BasePublisher,
    private readonly claimed: Claim,
    private readonly clock: Clock,
  ) {
    this.warnings.push(...publication.warnings);
  }

  /** The database's clock, carried on by the process's own since the claim. */
  databaseNow(): Date {
    return new Date(this.claimed.at.getTime() + this.clock.monotonicMs() - this.claimed.monotonicMs);
  }

  get wokenBy(): WakeReason {
    return this.claimed.wokenBy;
  }

  /** Milliseconds that it will have waited when `delayMs` more are over: since it was due, or somebody let it go on. */
  waitedMs(delayMs: number): number {
    const { dueAt, patienceFrom } = this.publication;
    const since = Math.max(dueAt.getTime(), patienceFrom?.getTime() ?? 0);
    return this.databaseNow().getTime() + delayMs - since;
  }

  get latenessMs(): number {
    return this.databaseNow().getTime() - this.publication.dueAt.getTime();
  }

  /** How long the post says that it is tried; null: it says nothing. */
  get giveUpAfterMs(): number | null {
    const minutes = this.publication.policy.giveUpAfterMinutes ?? null;
    return minutes === null ? null : minutes * 60_000;
  }

  get retryProfile(): RetryProfileName {
    return this.publication.policy.retry ?? this.publisher.retryProfile;
  }

  mayDrop(part: DroppablePart): boolean {
    return this.publication.policy.degrade?.includes(part) ?? false;
  }

  get workspaceId(): string {
    return this.publication.workspaceId;
  }

  get id(): string {
    return this.publication.id;
  }

  openCommits(): CommitEntity[] {
    return [...this.commits.values()]
      .filter((commit) => commit.state === 'open')
      .sort((a, b) => a.position - b.position);
  }

  /** What the publication is known by; null while it is not proven that its first visible thing is out. */
  firstResult(): CommitResult | null {
    return knownBy([...this.commits.values()]);
  }

  /** Whether everything that was to go out is out, as far as that can be told without another run. */
  get isComplete(): boolean {
    return isComplete(this.publisher, this.content, [...this.commits.values()]);
  }

  get somethingIsOrMayBeOut(): boolean {
    return [...this.commits.values()].some((commit) => commit.state !== 'clear');
  }

  /** A backup was restored, and nobody has asked yet what became of this commit in the lost time. */
  isSuspected(key: string): boolean {
    const { suspectedAt } = this.publication;
    const commit = this.commits.get(key);
    if (suspectedAt === null || commit?.state === 'done') return false;
    return commit === undefined || commit.lastStartedAt.getTime() < suspectedAt.getTime();
  }

  /** What is open is no call of the ledger but one that a restored backup may have forgotten. */
  isForgotten(key: string): boolean {
    const { suspectedAt } = this.publication;
    const commit = this.commits.get(key);
    return suspectedAt !== null && (commit?.lastStartedAt.getTime() ?? 0) <= suspectedAt.getTime();
  }

  warn(warning: PublishWarning): void {
    if (!this.warnings.some(({ code, message }) => code === warning.code && message === warning.message)) {
      this.warnings.push(warning);
    }
  }
}
