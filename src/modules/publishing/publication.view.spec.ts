import { publicationStates, wakeReasons } from './publication.states.js';
import { statusOf } from './publication.view.js';

const now = new Date('2026-01-01T12:00:00.000Z');
const before = new Date(now.getTime() - 1_000);
const after = new Date(now.getTime() + 1_000);

describe('the status that a client reads', () => {
  it('is scheduled until the due time and queued from then on', () => {
    expect(
      statusOf({ state: 'waiting', wakeReason: 'due', dueAt: after, attemptCount: 0, held: false }, now),
    ).toBe('scheduled');
    expect(
      statusOf({ state: 'waiting', wakeReason: 'due', dueAt: before, attemptCount: 0, held: false }, now),
    ).toBe('queued');
  });

  it('is unconfirmed while the outcome is looked for', () => {
    expect(
      statusOf(
        { state: 'waiting', wakeReason: 'reconcile', dueAt: before, attemptCount: 1, held: false },
        now,
      ),
    ).toBe('unconfirmed');
  });

  it('is processing while the platform works', () => {
    expect(
      statusOf(
        { state: 'with_platform', wakeReason: 'look', dueAt: before, attemptCount: 1, held: false },
        now,
      ),
    ).toBe('processing');
  });

  it('is held while nothing may go out, unless something may be out already', () => {
    const held = { state: 'waiting', dueAt: before, attemptCount: 0, held: true } as const;
    expect(statusOf({ ...held, wakeReason: 'hold' }, now)).toBe('held');
    expect(statusOf({ ...held, wakeReason: 'due' }, now)).toBe('held');
    expect(statusOf({ ...held, wakeReason: 'reconcile' }, now)).toBe('unconfirmed');
  });

  it('exists for every state and every reason', () => {
    for (const state of publicationStates) {
      for (const wakeReason of wakeReasons) {
        expect(statusOf({ state, wakeReason, dueAt: before, attemptCount: 0, held: false }, now)).toEqual(
          expect.any(String),
        );
      }
    }
  });
});
