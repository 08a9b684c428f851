import type { ReconcilePolicy } from '../../../src/platforms/core/index.js';

/** The ways in which platforms let a lost answer be found out (protocol.md §4), one model platform for each. */
export interface PlatformKind {
  readonly key: string;
  readonly callDeadlineMs: number;
  readonly reconcile: ReconcilePolicy;
  /** Milliseconds for which the platform takes the same key for the same post; null: it knows no keys. */
  readonly repeatSafeForMs: number | null;
  /** Upload, wait, publish the container. */
  readonly inContainers: boolean;
  readonly maxThreadParts: number;
  /** How absence is seen. `key`, `container`: by asking for this very post. */
  readonly source: 'list' | 'key' | 'container' | 'none';
}

const minute = 60_000;
const tolerance = { holdsKey: false, clockToleranceMs: 5_000 };

export const platformKinds = [
  {
    key: 'listed',
    callDeadlineMs: minute,
    reconcile: { settleMs: minute, absentAfterLooks: 2, ...tolerance },
    repeatSafeForMs: null,
    inContainers: false,
    maxThreadParts: 5,
    source: 'list',
  },
  {
    key: 'keyed',
    callDeadlineMs: minute,
    reconcile: { settleMs: minute / 2, absentAfterLooks: 2, ...tolerance },
    repeatSafeForMs: 50 * minute,
    inContainers: false,
    maxThreadParts: 5,
    source: 'list',
  },
  {
    key: 'named',
    callDeadlineMs: minute / 2,
    reconcile: { settleMs: 0, absentAfterLooks: 1, holdsKey: true, clockToleranceMs: 5_000 },
    repeatSafeForMs: null,
    inContainers: false,
    maxThreadParts: 5,
    source: 'key',
  },
  {
    key: 'contained',
    callDeadlineMs: minute,
    reconcile: { settleMs: minute, absentAfterLooks: 1, ...tolerance },
    repeatSafeForMs: null,
    inContainers: true,
    maxThreadParts: 0,
    source: 'container',
  },
  {
    key: 'silent',
    callDeadlineMs: minute / 2,
    reconcile: { settleMs: 0, absentAfterLooks: 'never', ...tolerance },
    repeatSafeForMs: null,
    inContainers: false,
    maxThreadParts: 5,
    source: 'none',
  },
] as const satisfies readonly PlatformKind[];

export function kindOf(key: string): PlatformKind {
  const kind = platformKinds.find((candidate) => candidate.key === key);
  if (kind === undefined) throw new Error(`no model platform ${key}`);
  return kind;
}
