import type { CallSubject } from './call.log.js';
import { matches, type CallMatch } from './call.match.js';
import type { JsonValue } from './json.js';

export const BEFORE_KINDS = ['status', 'status-before', 'reset-before', 'hang-before'] as const;
export const AFTER_KINDS = ['reset-after', 'hang-after', 'status-after', 'truncate-after'] as const;
export const FAULT_KINDS = [...BEFORE_KINDS, ...AFTER_KINDS, 'slow'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * `before`: the handler does not act. `after`: it acted, and its answer is lost. `status` is `status-before`. `slow` acts and
 * answers after a while.
 */
export interface FaultAction {
  readonly kind: FaultKind;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON; left out, the platform's own shape. */
  readonly body?: JsonValue;
  readonly ms?: number;
}

export interface FaultInput extends CallMatch {
  /** The fault starts with the nth matching call (from 1). */
  readonly nth?: number;
  /** How often it is applied: default once with `nth`, without end otherwise. */
  readonly count?: number;
  /** Share of the matching calls that it is applied to, drawn from `seed`. */
  readonly rate?: number;
  readonly seed?: number;
  readonly action: FaultAction;
}

export interface FaultRule extends FaultInput {
  readonly id: string;
  matched: number;
  applied: number;
}

interface ArmedRule {
  readonly rule: FaultRule;
  readonly random: () => number;
}

export class FaultRules {
  private armed: ArmedRule[] = [];
  private nextId = 1;

  add(input: FaultInput): FaultRule {
    const rule: FaultRule = { ...input, id: `fault-${this.nextId++}`, matched: 0, applied: 0 };
    this.armed.push({ rule, random: randomFrom(input.seed ?? 1) });
    return rule;
  }

  list(): readonly FaultRule[] {
    return this.armed.map(({ rule }) => ({ ...rule }));
  }

  /** Removes one rule, or all; returns how many there were. */
  remove(id?: string): number {
    const before = this.armed.length;
    this.armed = id === undefined ? [] : this.armed.filter(({ rule }) => rule.id !== id);
    return before - this.armed.length;
  }

  /** The action for this call. Every matching rule counts it; the first that strikes wins. */
  decide(subject: CallSubject): FaultAction | null {
    let action: FaultAction | null = null;
    for (const armed of this.armed) {
      if (!matches(armed.rule, subject)) continue;
      armed.rule.matched += 1;
      if (action === null && strikes(armed)) {
        armed.rule.applied += 1;
        action = armed.rule.action;
      }
    }
    return action;
  }
}

function strikes({ rule, random }: ArmedRule): boolean {
  const drawn = rule.rate === undefined || random() < rule.rate;
  const limit = rule.count ?? (rule.nth === undefined ? Infinity : 1);
  return drawn && rule.matched >= (rule.nth ?? 1) && rule.applied < limit;
}

/** Mulberry32: small, and the same draws for the same seed everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
