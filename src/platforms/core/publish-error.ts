/** The closed list of failures (design.md §4). */
export const failureKinds = [
  'content_refused',
  'auth_expired',
  'rate_limited',
  'transient',
  'outcome_unknown',
  'platform_disabled',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export type FailureSource = 'user' | 'platform' | 'system';

export interface FailureItem {
  /** Index into the media of the part, from 0. */
  readonly mediaIndex?: number;
  /** Index of the thread part, 0 is the post itself. */
  readonly threadPart?: number;
  /** One recipient of several (e-mail). */
  readonly recipient?: string;
}

export interface PublishErrorInit {
  readonly kind: FailureKind;
  /** `<platform>.<what>` in snake_case: `mastodon.token_revoked`. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly platformCode?: string | undefined;
  readonly source?: FailureSource | undefined;
  /** When the platform says how long to wait, milliseconds from the answer. */
  readonly retryAfterMs?: number | undefined;
  readonly item?: FailureItem | undefined;
  /**
   * True when the answer is in the platform's own error format and proves that nothing was created. It decides whether a
   * commit ends `refused` or stays `unknown`. Defaults to true for answers that the platform's table lists as content_refused,
   * auth_expired or rate_limited, and to false for the rest.
   */
  readonly provesNothingCreated?: boolean | undefined;
  /** True when it shows that the platform, or the way to it, is out of order for everybody: what opens its circuit. */
  readonly outage?: boolean | undefined;
  /**
   * True when the platform says that the account has said the same already. After an unknown call of ours that is a reason to
   * look, never a rejection (protocol.md §4).
   */
  readonly saysDuplicate?: boolean | undefined;
  readonly cause?: unknown;
}

const provenByKind: Record<FailureKind, boolean> = {
  content_refused: true,
  auth_expired: true,
  rate_limited: true,
  transient: false,
  outcome_unknown: false,
  platform_disabled: true,
};

const defaultSource: Record<FailureKind, FailureSource> = {
  content_refused: 'user',
  auth_expired: 'user',
  rate_limited: 'platform',
  transient: 'platform',
  outcome_unknown: 'platform',
  platform_disabled: 'system',
};

/** The one error that a publisher, connector or client throws on purpose. Everything else is an unknown outcome. */
export class PublishError extends Error {
  readonly kind: FailureKind;
  readonly code: string;
  readonly platformCode: string | null;
  readonly source: FailureSource;
  readonly remedy: string;
  readonly retryAfterMs: number | null;
  readonly item: FailureItem | null;
  readonly provesNothingCreated: boolean;
  readonly outage: boolean;
  readonly saysDuplicate: boolean;

  constructor(init: PublishErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'PublishError';
    this.kind = init.kind;
    this.code = init.code;
    this.platformCode = init.platformCode ?? null;
    this.source = init.source ?? defaultSource[init.kind];
    this.remedy = init.remedy;
    this.retryAfterMs = init.retryAfterMs ?? null;
    this.item = init.item ?? null;
    this.provesNothingCreated = init.provesNothingCreated ?? provenByKind[init.kind];
    this.outage = init.outage ?? false;
    this.saysDuplicate = init.saysDuplicate ?? false;
  }

  /** Whether the engine may try again by itself. */
  get retryable(): boolean {
    return this.kind === 'transient' || this.kind === 'rate_limited';
  }

  /** The same failure, told about one thread part, medium or recipient. */
  about(item: FailureItem): PublishError {
    return new PublishError({
      kind: this.kind,
      code: this.code,
      message: this.message,
      remedy: this.remedy,
      platformCode: this.platformCode ?? undefined,
      source: this.source,
      retryAfterMs: this.retryAfterMs ?? undefined,
      provesNothingCreated: this.provesNothingCreated,
      outage: this.outage,
      saysDuplicate: this.saysDuplicate,
      item: { ...this.item, ...item },
      cause: this.cause,
    });
  }
}
