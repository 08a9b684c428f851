import type { CircuitPolicy } from '../../../platforms/core/index.js';
import type { CircuitEntity } from '../entities/circuit.entity.js';

export type CircuitRow = CircuitEntity;

/** What a circuit goes by besides the platform's own data. */
export const probing = {
  /** Milliseconds after it opened until the first probe. */
  firstMs: 2_000,
  /** Each failed probe doubles the wait, up to this. */
  longestMs: 60_000,
  /** For which a probe that is never heard of again keeps others from probing. */
  believedMs: 3 * 60_000,
  /** Between the looks of those that wait. */
  turnMs: 500,
  /** Between those that go on when it closes. */
  spreadMs: 100,
} as const;

/** Milliseconds after the last success from which a harmless read comes before a commit whose absence could never be told. */
export const freshSuccessMs = 60_000;

export const defaultCircuit: CircuitPolicy = { outages: 5, windowMs: 60_000 };

type Patch = Partial<Omit<CircuitEntity, 'key' | 'platform'>>;

const noProbe = { probeToken: null, probeUntil: null } as const;

/** After an outage. `probe`: the token of a run that was let through to probe. */
export function afterOutage(
  row: CircuitRow,
  outage: { readonly code: string; readonly probe: string | null; readonly policy: CircuitPolicy },
  now: Date,
): Patch {
  if (row.state === 'open') {
    if (outage.probe === null || outage.probe !== row.probeToken) return {};
    const probes = row.probes + 1;
    const next = at(now, Math.min(probing.firstMs * 2 ** probes, probing.longestMs));
    return { probes, probeAt: next, turnAt: next, ...noProbe };
  }
  const { policy } = outage;
  const counts = row.firstOutageAt !== null && row.firstOutageAt.getTime() > now.getTime() - policy.windowMs;
  const outages = counts ? row.outages + 1 : 1;
  const firstOutageAt = counts ? row.firstOutageAt : now;
  if (outages < policy.outages) return { outages, firstOutageAt };
  const first = at(now, probing.firstMs);
  return {
    state: 'open',
    outages,
    firstOutageAt,
    openedAt: now,
    code: outage.code,
    probes: 0,
    probeAt: first,
    turnAt: first,
    ...noProbe,
  };
}

/** After the platform answered. An open circuit closes for its probe and for a harmless read only. */
export function afterAnswer(row: CircuitRow, answer: { readonly proves: boolean }, now: Date): Patch {
  if (row.state === 'open' && !answer.proves) return { lastSuccessAt: now };
  return {
    state: 'closed',
    outages: 0,
    firstOutageAt: null,
    openedAt: null,
    code: null,
    probes: 0,
    probeAt: null,
    turnAt: null,
    ...noProbe,
    lastSuccessAt: now,
  };
}

/** Null when the circuit may not be probed now. */
export function probeBy(row: CircuitRow, token: string, now: Date): Patch | null {
  if (row.state !== 'open' || row.probeAt === null || row.probeAt > now) return null;
  if (row.probeUntil !== null && row.probeUntil > now) return null;
  return { probeToken: token, probeUntil: at(now, probing.believedMs) };
}

/** Gives the probe back, unused. */
export function withoutProbe(row: CircuitRow, token: string): Patch {
  return row.probeToken === token ? noProbe : {};
}

/** When one that has to wait looks again: the first at the next probe, the others behind him, at most a probe's wait later. */
export function turnOf(row: CircuitRow, now: Date): { readonly turn: Date; readonly next: Date } {
  const opening = Math.max(row.probeAt?.getTime() ?? 0, now.getTime());
  const asked = Math.max(row.turnAt?.getTime() ?? 0, opening);
  const turn = new Date(Math.min(asked, opening + probing.longestMs));
  return { turn, next: at(turn, probing.turnMs) };
}

function at(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}
