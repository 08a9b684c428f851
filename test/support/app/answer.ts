/** As many as a test counts on; what is not there is `undefined` all the same. */
type Many<T> = readonly [T, T, T, ...T[]];

export interface PublicationBody {
  readonly id: string;
  readonly status: string;
  readonly platformPostId: string | null;
  readonly permalink: string | null;
  readonly planId: string;
  readonly postId: string;
  readonly error: { readonly code: string } | null;
}

export interface TargetBody {
  readonly policy: object | null;
  readonly accountId: string;
  readonly result: string;
  readonly publication: PublicationBody;
  readonly reasons: Many<{ readonly code: string; readonly message: string; readonly until: string | null }>;
}

export interface ItemBody {
  readonly id: string;
  readonly text: string;
  readonly status: string;
  readonly key: string;
  readonly kind: string;
  readonly at: string;
  readonly accountId: string;
  readonly evidence: string;
  readonly publication: PublicationBody;
}

interface BrokenRuleBody {
  readonly pointer: string;
  readonly rule: string;
  readonly message: string;
}

/**
 * As much of an answer's body as tests reach into. It promises nothing: every answer is compared with the OpenAPI document,
 * and what a test expects of it is the check.
 */
export interface AnswerBody {
  readonly policy: object;
  readonly id: string;
  readonly status: string;
  readonly code: string;
  readonly text: string;
  readonly scheduledFor: string;
  readonly dueAt: string;
  readonly latestPlanId: string;
  readonly requestId: string;
  readonly sessionId: string;
  readonly accounts: Many<{ readonly id: string }>;
  readonly revision: number;
  readonly updatedAt: string;
  readonly nextCursor: string | null;
  readonly warnings: readonly object[];
  readonly details: object;
  readonly summary: object;
  readonly targets: Many<TargetBody>;
  readonly publications: Many<PublicationBody>;
  readonly items: Many<ItemBody>;
  readonly errors: Many<BrokenRuleBody>;
  readonly violations: Many<BrokenRuleBody>;
  readonly valid: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly body: AnswerBody;
}
