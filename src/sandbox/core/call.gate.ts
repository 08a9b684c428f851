import type { Barriers } from './barriers.js';
import type { CallLog, CallRecord, CallSubject } from './call.log.js';
import { AFTER_KINDS, BEFORE_KINDS, type FaultAction, type FaultRules } from './fault.rules.js';
import type { ResetScope } from './reset.scope.js';

/** What the server does next: act, throw the call away without a word, or apply a fault. */
export type GateDecision =
  | { readonly kind: 'proceed' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'fault'; readonly action: FaultAction };

const PROCEED: GateDecision = { kind: 'proceed' };
const DROP: GateDecision = { kind: 'drop' };

/** One call on its way through barriers and faults. */
export class OpenCall {
  constructor(
    readonly record: CallRecord,
    private readonly fault: FaultAction | null,
    private readonly barriers: Barriers,
    private readonly scope: ResetScope,
  ) {}

  actsAs(account: string): void {
    this.record.account = account;
  }

  /** To be asked before the server acts. Anything but `proceed`: it must not act. */
  async before(clientGone: AbortSignal): Promise<GateDecision> {
    if ((await this.barriers.pass(this.record, 'before')) === 'drop') return DROP;
    if (this.fault === null) return PROCEED;
    if (this.fault.kind === 'slow') {
      this.record.fault = this.fault.kind;
      await this.scope.sleep(this.fault.ms ?? 0, clientGone);
      return PROCEED;
    }
    return this.faultOf(BEFORE_KINDS);
  }

  /** To be asked after the server acted and before it answers. Anything but `proceed`: the answer is lost. */
  async after(outcome: { status: number; accepted: boolean }): Promise<GateDecision> {
    this.record.handlerStatus = outcome.status;
    this.record.accepted = outcome.accepted;
    if ((await this.barriers.pass(this.record, 'after')) === 'drop') return DROP;
    return this.faultOf(AFTER_KINDS);
  }

  answered(status: number): void {
    this.record.status = status;
    this.record.state = 'answered';
  }

  lost(): void {
    this.record.state = 'lost';
  }

  private faultOf(kinds: readonly string[]): GateDecision {
    if (this.fault === null || !kinds.includes(this.fault.kind)) return PROCEED;
    this.record.fault = this.fault.kind;
    return { kind: 'fault', action: this.fault };
  }
}

/** The way that every call takes, whatever its protocol: logged, held where a test wants it, broken where a test wants it. */
export class CallGate {
  constructor(
    readonly log: CallLog,
    readonly faults: FaultRules,
    readonly barriers: Barriers,
    private readonly scope: ResetScope,
  ) {}

  open(subject: CallSubject): OpenCall {
    const record = this.log.open(subject);
    return new OpenCall(record, this.faults.decide(subject), this.barriers, this.scope);
  }
}
