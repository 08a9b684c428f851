/** What is stored of a publication; the API's status is derived from it (publication.status.ts). */
export const publicationStates = [
  'waiting',
  'running',
  'with_platform',
  'published',
  'failed',
  'unconfirmed',
  'skipped',
  'canceled',
] as const;
export type PublicationState = (typeof publicationStates)[number];

export const openStates = [
  'waiting',
  'running',
  'with_platform',
] as const satisfies readonly PublicationState[];
export type EndState = Exclude<PublicationState, (typeof openStates)[number]>;

/**
 * Who may follow whom. What waits is skipped only by a person's answer. `unconfirmed`, `failed` and `skipped` are left only by evidence or by a person, `published` only to
 * complete what is incomplete, `canceled` never.
 */
export const transitions: Readonly<Record<PublicationState, readonly PublicationState[]>> = {
  waiting: ['running', 'skipped', 'canceled'],
  running: [
    'running',
    'waiting',
    'with_platform',
    'published',
    'failed',
    'unconfirmed',
    'skipped',
    'canceled',
  ],
  with_platform: ['running', 'waiting', 'canceled'],
  published: ['waiting'],
  failed: ['published', 'waiting'],
  unconfirmed: ['published', 'failed', 'waiting'],
  skipped: ['waiting'],
  canceled: [],
};

export function isEnd(state: PublicationState): state is EndState {
  return !(openStates as readonly PublicationState[]).includes(state);
}

export class IllegalTransitionError extends Error {
  constructor(from: PublicationState, to: PublicationState) {
    super(`A publication cannot go from ${from} to ${to}.`);
    this.name = 'IllegalTransitionError';
  }
}

export function assertTransition(from: PublicationState, to: PublicationState): void {
  if (!transitions[from].includes(to)) throw new IllegalTransitionError(from, to);
}

/** Why a publication is to be looked at again. */
export const wakeReasons = [
  'due',
  'lease',
  'retry',
  'rate_limit',
  'budget',
  'circuit',
  'look',
  'reconcile',
  'auth_renewed',
  'same_content_open',
  'content_changed',
  'shutdown',
  'clock_jump',
  'hold',
  'platform_off',
  'resolved',
  'media',
] as const;
export type WakeReason = (typeof wakeReasons)[number];
