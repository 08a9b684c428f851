import type { HoldEntity } from './entities/hold.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import type { ClosedLimit } from './limits/budgets.js';
import { endOf, leftOut } from './ending.explanation.js';
import { platformDown, usedUp } from './limits/limit.words.js';
import type { SwitchedOff } from './platform.switches.js';
import type { Presence } from './process.reader.js';
import { isEnd, type WakeReason } from './publication.states.js';
import { reason, type Reason } from './reason.js';
import { switchWords } from './switch.words.js';

export type ExplainedRow = Pick<
  PublicationEntity,
  | 'state'
  | 'dueAt'
  | 'wakeAt'
  | 'wakeReason'
  | 'held'
  | 'leaseUntil'
  | 'error'
  | 'permalink'
  | 'reason'
  | 'warnings'
  | 'retries'
>;

export interface Situation {
  readonly row: ExplainedRow;
  readonly now: Date;
  /** Whether the plan was handed over for its exact moment. */
  readonly handedOver: boolean;
  readonly holding: Pick<HoldEntity, 'scope' | 'reason'> | null;
  readonly accountState: string;
  /** Null while the platform is on. */
  readonly switchedOff: SwitchedOff | null;
  /** The limit that keeps the account waiting now. */
  readonly limit: ClosedLimit | null;
  /** Since when the platform is down, and when it is looked at again. */
  readonly circuit: OpenCircuit | null;
  readonly clockInDoubt: boolean;
  /** Which kinds of processes have given a sign of life. */
  readonly presence: Presence;
  /** When it is given up, as far as the post says. */
  readonly givesUpAt: Date | null;
  /** How many retries its profile has. */
  readonly mostRetries: number;
  /** From when on an absence counts, while the answer of a call is lost; null when that is not so, or can never be told. */
  readonly settledAt: Date | null;
  /** What is looked for is no call of the ledger but one that a restored backup may have forgotten. */
  readonly forgotten: boolean;
  /** Whether somebody is getting new credentials for the account right now. */
  readonly loginRenewing: boolean;
}

export interface OpenCircuit {
  readonly openedAt: Date | null;
  readonly probeAt: Date | null;
}

/** Seconds after which a wake that nobody took up is worth a word about workers. */
const patienceSeconds = 15;

/** Every reason that holds, the cause first. Never empty. */
export function explainPublication(situation: Situation): Reason[] {
  const { row, now } = situation;
  if (isEnd(row.state)) return [endOf(row), ...leftOut(row)];
  const gates = closedGates(situation);
  const state = whereItStands(situation);
  const notYetDue = row.dueAt.getTime() > now.getTime();
  const mayBeOut = row.wakeReason === 'reconcile' || row.state === 'with_platform';
  const givesUp = patienceOf(situation);
  return notYetDue || mayBeOut || row.state === 'running'
    ? [state, ...gates, ...givesUp]
    : [...gates, state, ...givesUp];
}

/** Until when the post says that it is tried. */
function patienceOf({ givesUpAt }: Situation): Reason[] {
  if (givesUpAt === null) return [];
  return [reason('gives_up', 'If nothing of it is out by then, it is given up.', null, givesUpAt)];
}

function closedGates(situation: Situation): Reason[] {
  const { row, holding, accountState, switchedOff, clockInDoubt } = situation;
  const closed: Reason[] = [];
  if (row.held && row.reason === 'too_late') {
    closed.push(
      reason(
        'too_late',
        'It is later than the post allows, and waits for somebody to say whether it is still wanted.',
        'Say whether to send it now, at another time or not at all: POST /api/v1/posts/{id}/late.',
      ),
    );
  } else if (row.held) {
    const what =
      holding === null
        ? 'It'
        : { post: 'The post', account: 'The account', brand: 'The brand', workspace: 'The workspace' }[
            holding.scope
          ];
    const why = (holding?.reason ?? null) === null ? '' : ` (${holding?.reason ?? ''})`;
    closed.push(reason('held', `${what} is on hold${why}: nothing of it goes out.`, 'Resume it.'));
  }
  if (switchedOff !== null) {
    const words = switchWords[switchedOff.by];
    const meanwhile = switchedOff.whenDue === 'wait' ? 'waits' : 'is passed over';
    const message = `The platform is switched off ${words.for}: what is due there ${meanwhile}.`;
    closed.push(reason('platform_disabled', message, words.remedy));
  }
  if (accountState !== 'connected') {
    closed.push(
      reason(
        `account_${accountState}`,
        `The account is ${accountState}: the platform does not let us in.`,
        'Connect the account again.',
      ),
    );
  }
  closed.push(...shutForAll(situation));
  if (clockInDoubt)
    closed.push(
      reason(
        'clock_jumped',
        'The clock of this machine jumped; nothing goes out until it is steady.',
        'Check the time service of the machine.',
      ),
    );
  return closed;
}

/** What is down or used up; of no interest to a post that is due only after it is over. */
function shutForAll({ row, circuit, limit }: Situation): Reason[] {
  const lasts = (until: Date | null): boolean => until === null || until.getTime() > row.dueAt.getTime();
  const shut: Reason[] = [];
  if (circuit !== null && lasts(circuit.probeAt)) {
    const until = row.wakeReason === 'circuit' ? row.wakeAt : circuit.probeAt;
    shut.push(
      reason(
        'circuit_open',
        platformDown(circuit),
        'Nothing to do: it goes on when the platform answers.',
        until,
      ),
    );
  }
  if (limit !== null && lasts(limit.opensAt)) {
    const until = row.wakeReason === 'budget' ? row.wakeAt : limit.opensAt;
    shut.push(reason('limit_reached', usedUp(limit), 'Nothing to do: it goes on by itself.', until));
  }
  return shut;
}

function whereItStands(situation: Situation): Reason {
  const { row, now } = situation;
  if (row.state === 'running') return running(situation);
  if (row.dueAt.getTime() > now.getTime())
    return reason('due_time', 'Its time has not come yet.', null, row.dueAt);
  const overdueMs = row.wakeAt === null ? 0 : now.getTime() - row.wakeAt.getTime();
  return overdueMs > patienceSeconds * 1000 ? nobodyTookIt(situation) : waiting(situation);
}

function running({ row, now, presence, loginRenewing }: Situation): Reason {
  const { leaseUntil } = row;
  const leaseLives = leaseUntil !== null && leaseUntil.getTime() > now.getTime();
  if (leaseLives && presence.worker && loginRenewing) {
    const message = 'The login of the account is being renewed; it goes on with the new one.';
    return reason('login_renewing', message, null, leaseUntil);
  }
  if (leaseLives && presence.worker) {
    return reason(
      'in_progress',
      'A worker is publishing it right now. Should that worker go silent, another one takes over.',
      null,
      leaseUntil,
    );
  }
  return reason(
    'worker_gone',
    presence.worker
      ? 'The worker that had it has gone silent; another one takes it over.'
      : 'The worker that had it has gone silent, and no other one is running to take it over.',
    presence.worker ? null : 'Start a worker.',
    leaseLives ? leaseUntil : null,
  );
}

function nobodyTookIt({ row, handedOver, presence }: Situation): Reason {
  const { wakeAt } = row;
  if (handedOver && presence.worker) {
    const message = 'It is due and waits for its turn: the workers are busy with others.';
    return reason('busy', message, 'If it lasts, run more workers.', wakeAt);
  }
  if (handedOver) {
    return reason('no_worker', 'It is due, but no worker is running to send it.', 'Start a worker.', wakeAt);
  }
  if (presence.scheduler) {
    const message = 'It is due, but has not been handed over to a worker yet; the scheduler does that next.';
    return reason('not_handed_over', message, null, wakeAt);
  }
  const message = 'It is due, but no scheduler is running to hand it over to a worker.';
  return reason('no_scheduler', message, 'Start a scheduler.', wakeAt);
}

function waiting({ row, mostRetries, settledAt, forgotten }: Situation): Reason {
  const { wakeReason, wakeAt, error } = row;
  const settled =
    settledAt === null
      ? ''
      : ` That it is not there counts from ${settledAt.toISOString()} on; until then it is not sent again.`;
  const told = error === null ? '' : ` ${error.message}`;
  const messages: Record<WakeReason, string> = {
    due: 'It is due and waits for a worker.',
    lease: 'It waits for a worker.',
    retry: `The last try failed, and it is tried again (retry ${row.retries} of ${mostRetries}).${told}`,
    rate_limit: `The platform asked us to wait.${told}`,
    budget: 'It waits for its turn: the platform takes only so many posts in a time.',
    circuit: 'The platform was out of order; it goes on in its turn.',
    look: 'The platform has taken it and is still working on it.',
    reconcile: `${forgotten ? 'A backup was restored, and this may have gone out before' : 'The answer of the platform was lost'}; we look whether the post is there before anything else.${settled}`,
    auth_renewed: 'The login was renewed, and it goes on at once.',
    same_content_open:
      'The same words are on their way to the same account, and their outcome is not known yet.',
    content_changed: 'The post was edited, and the new words go out next.',
    shutdown: 'The worker was stopped; another one goes on.',
    clock_jump: 'The clock of the machine jumped; nothing goes out until it is steady.',
    hold: 'It was held and waits to be looked at again.',
    platform_off: 'The platform was switched off; it goes on in its turn.',
    resolved: 'Somebody asked for it to be tried again.',
    media: 'A file of it is still being made to fit the platform.',
  };
  const known = wakeReason ?? 'due';
  const remedy = known === 'retry' || known === 'rate_limit' ? (error?.remedy ?? null) : null;
  return reason(known, messages[known], remedy, wakeAt);
}
