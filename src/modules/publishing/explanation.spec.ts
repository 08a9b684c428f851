import { type ExplainedRow, explainPublication, type Situation } from './explanation.js';
import { publicationStates, wakeReasons } from './publication.states.js';

const now = new Date('2026-01-01T12:00:00.000Z');
const at = (ms: number): Date => new Date(now.getTime() + ms);
const error = {
  kind: 'transient',
  code: 'some.down',
  platformCode: null,
  source: 'platform',
  retryable: true,
  retryAt: null,
  message: 'It was down.',
  remedy: 'Wait.',
  item: null,
} as const;

const row: ExplainedRow = {
  state: 'waiting',
  dueAt: at(-60_000),
  wakeAt: at(1_000),
  wakeReason: 'due',
  held: false,
  leaseUntil: null,
  error: null,
  permalink: null,
  reason: null,
  warnings: [],
};

const calm: Omit<Situation, 'row'> = {
  now,
  handedOver: true,
  holding: null,
  accountState: 'connected',
  platformIsOn: true,
  clockInDoubt: false,
};

function first(changed: Partial<ExplainedRow>, around: Partial<Situation> = {}): string | undefined {
  return explainPublication({ ...calm, ...around, row: { ...row, ...changed } })[0]?.code;
}

describe('the first line of an explanation', () => {
  it.each<[string, Partial<ExplainedRow>, Partial<Situation>]>([
    ['due_time', { dueAt: at(60_000) }, {}],
    ['due_time', { dueAt: at(60_000) }, { platformIsOn: false }],
    ['too_late', { held: true, reason: 'too_late', wakeReason: 'hold' }, {}],
    ['held', { held: true }, { holding: { scope: 'post', reason: null }, platformIsOn: false }],
    ['platform_disabled', {}, { platformIsOn: false }],
    ['account_expired', {}, { accountState: 'expired' }],
    ['account_disconnected', {}, { accountState: 'disconnected' }],
    ['clock_jumped', { wakeReason: 'clock_jump' }, { clockInDoubt: true }],
    ['in_progress', { state: 'running', leaseUntil: at(5_000) }, {}],
    ['worker_gone', { state: 'running', leaseUntil: at(-5_000), wakeAt: at(-5_000) }, {}],
    ['no_worker', { wakeAt: at(-60_000) }, {}],
    ['no_scheduler', { wakeAt: at(-60_000) }, { handedOver: false }],
    ['retry', { wakeReason: 'retry', error }, {}],
    ['rate_limit', { wakeReason: 'rate_limit', error }, {}],
    ['look', { state: 'with_platform', wakeReason: 'look' }, { platformIsOn: false }],
    ['reconcile', { wakeReason: 'reconcile' }, { accountState: 'expired' }],
    ['same_content_open', { wakeReason: 'same_content_open' }, {}],
    ['published', { state: 'published' }, {}],
    ['canceled', { state: 'canceled' }, {}],
    ['too_late', { state: 'skipped', reason: 'too_late' }, {}],
    ['platform_disabled', { state: 'skipped', reason: 'platform_disabled' }, {}],
    ['some.down', { state: 'failed', error }, {}],
    ['some.down', { state: 'unconfirmed', error }, {}],
  ])('names %s', (code, changed, around) => {
    expect(first(changed, around)).toBe(code);
  });

  it('exists, with a sentence, for every state and every reason', () => {
    for (const state of publicationStates) {
      for (const wakeReason of wakeReasons) {
        const reasons = explainPublication({ ...calm, row: { ...row, state, wakeReason } });
        expect(reasons[0]?.message).toMatch(/\.$/);
      }
    }
  });

  it('tells the words of the last failure, and when it is tried again', () => {
    const [reason] = explainPublication({ ...calm, row: { ...row, wakeReason: 'retry', error } });
    expect(reason).toMatchObject({
      message: expect.stringContaining('It was down.'),
      remedy: 'Wait.',
      until: at(1_000),
    });
  });
});
