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
  retries: 1,
};

const calm: Omit<Situation, 'row'> = {
  now,
  handedOver: true,
  holding: null,
  accountState: 'connected',
  switchedOff: null,
  limit: null,
  circuit: null,
  clockInDoubt: false,
  presence: { worker: true, scheduler: true },
  givesUpAt: null,
  mostRetries: 3,
  settledAt: null,
  forgotten: false,
  loginRenewing: false,
};

const usedUp = { per: 'account', rate: { max: 300, periodMs: 10_800_000 }, opensAt: at(90_000) } as const;
const down = { openedAt: at(-5_000), probeAt: at(20_000) };
const off = { by: 'workspace', whenDue: 'skip' } as const;
const nobody = { worker: false, scheduler: false };

function first(changed: Partial<ExplainedRow>, around: Partial<Situation> = {}): string | undefined {
  return explainPublication({ ...calm, ...around, row: { ...row, ...changed } })[0]?.code;
}

describe('the first line of an explanation', () => {
  it.each<[string, Partial<ExplainedRow>, Partial<Situation>]>([
    ['due_time', { dueAt: at(60_000) }, {}],
    ['due_time', { dueAt: at(60_000) }, { switchedOff: off }],
    ['too_late', { held: true, reason: 'too_late', wakeReason: 'hold' }, {}],
    ['held', { held: true }, { holding: { scope: 'post', reason: null }, switchedOff: off }],
    ['platform_disabled', {}, { switchedOff: off }],
    ['account_expired', {}, { accountState: 'expired' }],
    ['account_disconnected', {}, { accountState: 'disconnected' }],
    ['circuit_open', { wakeReason: 'circuit' }, { circuit: down }],
    ['circuit_open', {}, { circuit: down, limit: usedUp }],
    ['held', { held: true, wakeReason: 'circuit' }, { circuit: down }],
    ['circuit', { wakeReason: 'circuit' }, {}],
    ['limit_reached', { wakeReason: 'budget' }, { limit: usedUp }],
    ['limit_reached', {}, { limit: { per: 'app', rate: null, opensAt: at(5_000) } }],
    ['platform_disabled', { wakeReason: 'budget' }, { limit: usedUp, switchedOff: off }],
    ['budget', { wakeReason: 'budget' }, {}],
    ['clock_jumped', { wakeReason: 'clock_jump' }, { clockInDoubt: true }],
    ['in_progress', { state: 'running', leaseUntil: at(5_000) }, {}],
    ['worker_gone', { state: 'running', leaseUntil: at(-5_000), wakeAt: at(-5_000) }, {}],
    ['worker_gone', { state: 'running', leaseUntil: at(5_000) }, { presence: nobody }],
    ['login_renewing', { state: 'running', leaseUntil: at(5_000) }, { loginRenewing: true }],
    ['worker_gone', { state: 'running', leaseUntil: at(-5_000) }, { loginRenewing: true }],
    ['busy', { wakeAt: at(-60_000) }, {}],
    ['no_worker', { wakeAt: at(-60_000) }, { presence: nobody }],
    ['not_handed_over', { wakeAt: at(-60_000) }, { handedOver: false }],
    ['no_scheduler', { wakeAt: at(-60_000) }, { handedOver: false, presence: nobody }],
    [
      'incomplete',
      { state: 'published', warnings: [{ code: 'incomplete', message: 'One is missing.' }] },
      {},
    ],
    ['retry', { wakeReason: 'retry', error }, {}],
    ['rate_limit', { wakeReason: 'rate_limit', error }, {}],
    ['look', { state: 'with_platform', wakeReason: 'look' }, { switchedOff: off }],
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

  it('says of a used up limit how much it is and when it goes on', () => {
    const limited = { wakeReason: 'budget', wakeAt: at(120_000) } as const;
    expect(explainPublication({ ...calm, row: { ...row, ...limited }, limit: usedUp })[0]).toMatchObject({
      message: 'The platform takes 300 posts from this account in 3 hours, and they are used up.',
      until: at(120_000),
    });
    const paused = { per: 'app', rate: null, opensAt: at(5_000) } as const;
    expect(explainPublication({ ...calm, row, limit: paused })[0]).toMatchObject({
      message: 'The platform has asked the app that this account is connected with to pause.',
      until: at(5_000),
    });
  });

  it('says since when a platform is out of order, and when it is looked at again', () => {
    expect(explainPublication({ ...calm, row, circuit: down })[0]).toMatchObject({
      message:
        'The platform has been out of order since 2026-01-01T11:59:55.000Z: nothing is sent there until it answers again.',
      until: at(20_000),
    });
  });

  it('does not call an answer lost where a restored backup may have forgotten a call', () => {
    const looked = { ...row, wakeReason: 'reconcile' } as const;
    const [lost, forgotten] = [false, true].map(
      (each) => explainPublication({ ...calm, row: looked, forgotten: each })[0]?.message,
    );
    expect(lost).toMatch(/^The answer of the platform was lost; we look/);
    expect(forgotten).toMatch(/^A backup was restored, and this may have gone out before; we look/);
  });

  it('keeps quiet about what is over before the post is due', () => {
    const later = { ...row, dueAt: at(600_000) };
    const reasons = explainPublication({ ...calm, row: later, circuit: down, limit: usedUp });
    expect(reasons.map(({ code }) => code)).toEqual(['due_time']);
  });

  it('tells the words of the last failure, and when it is tried again', () => {
    const [reason] = explainPublication({ ...calm, row: { ...row, wakeReason: 'retry', error } });
    expect(reason).toMatchObject({
      message: 'The last try failed, and it is tried again (retry 1 of 3). It was down.',
      remedy: 'Wait.',
      until: at(1_000),
    });
  });
});
