import type { FaultAction } from '../../../../src/sandbox/core/fault.rules.js';
import type { Fault } from '../profile.js';

interface WebFault {
  readonly name: string;
  readonly acted: boolean;
  readonly action: FaultAction;
}

const all: readonly WebFault[] = [
  { name: '500 before it acts', acted: false, action: { kind: 'status', status: 500 } },
  { name: '502 before it acts', acted: false, action: { kind: 'status', status: 502 } },
  { name: '503 before it acts', acted: false, action: { kind: 'status', status: 503 } },
  { name: 'a reset before it acts', acted: false, action: { kind: 'reset-before' } },
  { name: 'no answer before it acts', acted: false, action: { kind: 'hang-before' } },
  { name: '500 after it acted', acted: true, action: { kind: 'status-after', status: 500 } },
  { name: '504 after it acted', acted: true, action: { kind: 'status-after', status: 504 } },
  { name: 'a reset after it acted', acted: true, action: { kind: 'reset-after' } },
  { name: 'no answer after it acted', acted: true, action: { kind: 'hang-after' } },
  { name: 'half an answer', acted: true, action: { kind: 'truncate-after' } },
];
const late: Fault = {
  name: 'a late answer',
  action: { kind: 'slow', ms: 250 },
  end: 'published',
  inbox: 1,
};

/** Faults of a platform over HTTP. `finds`: it can tell what became of a call. */
export function webFaults(finds: boolean): readonly Fault[] {
  const faults = all.map(({ name, acted, action }): Fault => ({
    name,
    action,
    end: finds ? 'published' : 'unconfirmed',
    inbox: finds || acted ? 1 : 0,
  }));
  return [...faults, late];
}
