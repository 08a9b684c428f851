import type { PublishError } from '../../platforms/core/index.js';
import type { PublicationState, WakeReason } from './publication.states.js';

/** Unwinds a run without being a failure. A publisher lets it pass. */
export abstract class EngineSignal extends Error {}

/** The run stops here and goes on from its ledger at a later wake. Costs no retry. */
export class Suspended extends EngineSignal {
  constructor(
    readonly wakeReason: WakeReason,
    readonly delayMs: number,
    readonly state: Extract<PublicationState, 'waiting' | 'with_platform'> = 'waiting',
    /** Columns that go with it. */
    readonly patch: { readonly waitsFor?: string; readonly renewedVersion?: null } = {},
  ) {
    super(`suspended: ${wakeReason}`);
    this.name = 'Suspended';
  }
}

/** Somebody else has the right to decide now, or the content was changed or canceled under the run. */
export class LeaseLost extends EngineSignal {
  constructor() {
    super('the right to decide for this publication is gone');
    this.name = 'LeaseLost';
  }
}

/** A visible call has no certain outcome: it is to be looked for, never repeated. */
export class OutcomeUnknown extends EngineSignal {
  constructor(
    readonly commitKey: string,
    cause: unknown,
  ) {
    super(`the outcome of ${commitKey} is not known`, { cause });
    this.name = 'OutcomeUnknown';
  }
}

/**
 * A call that followed others, and whose outcome was not known, has created nothing: the next one is a retry as any other, so that an
 * answer which proves nothing does not come back for ever.
 */
export class RepeatAbsent extends EngineSignal {
  constructor(readonly failure: PublishError) {
    super('a repeated call has created nothing');
    this.name = 'RepeatAbsent';
  }
}

/** A gate says that this target is passed over. */
export class Skipped extends EngineSignal {
  constructor(
    readonly reason: 'platform_disabled' | 'too_late',
    /** Whose doing it is; null: the post's own policy. */
    readonly failure: PublishError | null = null,
  ) {
    super(`skipped: ${reason}`);
    this.name = 'Skipped';
  }
}
