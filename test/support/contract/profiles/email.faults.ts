import type { FaultAction } from '../../../../src/sandbox/core/fault.rules.js';
import type { Fault } from '../profile.js';

/** Before the server had asked for the content nothing can have been taken: it is sent again. */
const early = (name: string, operation: string, action: FaultAction): Fault => ({
  name,
  match: { operation: `smtp.${operation}` },
  action,
  end: 'published',
  inbox: 1,
});

/** The content was sent, and no final reply tells what became of it: a person decides. */
const ambiguous = (name: string, action: FaultAction, inbox: 0 | 1): Fault => ({
  name,
  action,
  end: 'unconfirmed',
  inbox,
});

/**
 * There is no "500 after it acted": a final reply of 4xx or 5xx is the server's word that it took nothing (RFC 5321, 6.1), and
 * a server that lies can be told from none that does not.
 */
export const emailFaults: readonly Fault[] = [
  early('421 at the greeting', 'connect', { kind: 'status', status: 421 }),
  early('a reset at the greeting', 'connect', { kind: 'reset-before' }),
  early('454 at the login', 'auth', { kind: 'status', status: 454 }),
  early('a reset at MAIL FROM', 'mail', { kind: 'reset-before' }),
  early('451 at MAIL FROM', 'mail', { kind: 'status', status: 451 }),
  early('450 at RCPT TO', 'rcpt', { kind: 'status', status: 450 }),
  early('a reset at RCPT TO', 'rcpt', { kind: 'reset-after' }),
  early('a reset at DATA', 'data-start', { kind: 'reset-before' }),
  early('no answer at DATA', 'data-start', { kind: 'hang-before' }),
  early('451 as the final reply', 'data', { kind: 'status', status: 451 }),
  {
    name: '554 as the final reply',
    action: { kind: 'status', status: 554 },
    end: 'failed',
    inbox: 0,
  },
  ambiguous('a reset before it acts', { kind: 'reset-before' }, 0),
  ambiguous('no answer before it acts', { kind: 'hang-before' }, 0),
  ambiguous('a reset after it acted', { kind: 'reset-after' }, 1),
  ambiguous('no answer after it acted', { kind: 'hang-after' }, 1),
  ambiguous('half an answer', { kind: 'truncate-after' }, 1),
  { name: 'a late answer', action: { kind: 'slow', ms: 250 }, end: 'published', inbox: 1 },
];
