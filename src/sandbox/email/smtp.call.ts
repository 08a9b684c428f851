import type { OpenCall } from '../core/call.gate.js';
import type { FaultAction } from '../core/fault.rules.js';
import type { Finding } from '../core/strictness.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { faultReply, refusal, type SmtpReply } from './smtp.reply.js';

/** `smtp.data-start` is the DATA command, before the 354. `smtp.data` is the message, from its final dot on. */
export const SMTP_OPERATIONS = {
  connect: 'smtp.connect',
  auth: 'smtp.auth',
  mail: 'smtp.mail',
  rcpt: 'smtp.rcpt',
  dataStart: 'smtp.data-start',
  data: 'smtp.data',
  unknown: 'unknown',
} as const;
export type SmtpOperation = (typeof SMTP_OPERATIONS)[keyof typeof SMTP_OPERATIONS];

/** The client's connection, with every way of losing an answer. */
export interface SmtpWire {
  readonly clientGone: AbortSignal;
  reset(): void;
  /** The next reply is cut in the middle, and the connection ends. */
  truncateNextReply(): void;
}

export interface SmtpCall {
  readonly operation: SmtpOperation;
  /** The SMTP command. */
  readonly method: string;
  /** What faults and barriers match: `/rcpt/ada@readers.example`. */
  readonly path: string;
  readonly account?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly findings?: readonly Finding[];
}

/** Sends SMTP commands through the gate that HTTP requests pass: logged, held, broken. */
export class SmtpGate {
  constructor(
    private readonly platform: string,
    private readonly environment: SimulatorEnvironment,
  ) {}

  /** The reply to send, or null when the answer is lost: the connection is gone then. */
  async pass(
    wire: SmtpWire,
    input: SmtpCall,
    act: () => SmtpReply | Promise<SmtpReply>,
  ): Promise<SmtpReply | null> {
    const call = this.open(input);
    if (input.findings !== undefined && input.findings.length > 0) {
      return this.answer(wire, call, this.refuse(input, input.findings));
    }
    const before = await call.before(wire.clientGone);
    if (before.kind === 'drop') return this.lose(wire, call);
    if (before.kind === 'fault') return this.fail(wire, call, before.action, null);
    const reply = await this.act(input, act);
    const after = await call.after({ status: reply.code, accepted: reply.accepted === true });
    if (after.kind === 'drop') return this.lose(wire, call);
    if (after.kind === 'fault') return this.fail(wire, call, after.action, reply);
    return this.answer(wire, call, reply);
  }

  /** Logs what no client should send; the caller refuses it. */
  reportUnexpected(operation: SmtpOperation | null, finding: Finding): void {
    this.environment.unexpected.add({ platform: this.platform, operation, ...finding });
  }

  private open(input: SmtpCall): OpenCall {
    const call = this.environment.gate.open({
      platform: this.platform,
      operation: input.operation,
      method: input.method,
      path: input.path,
      visible: input.operation === SMTP_OPERATIONS.data,
      headers: input.headers ?? {},
    });
    if (input.account !== undefined) call.actsAs(input.account);
    return call;
  }

  private refuse(input: SmtpCall, findings: readonly Finding[]): SmtpReply {
    for (const finding of findings) this.reportUnexpected(input.operation, finding);
    const list = findings.map(({ what, detail }) => `${what} ${detail}`).join(', ');
    return refusalOf(input.operation, `the sandbox does not expect ${list}`);
  }

  private async act(input: SmtpCall, act: () => SmtpReply | Promise<SmtpReply>): Promise<SmtpReply> {
    try {
      return await act();
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.reportUnexpected(input.operation, { what: 'handler', detail });
      return refusal(451, '4.3.0 the simulator failed');
    }
  }

  private async fail(
    wire: SmtpWire,
    call: OpenCall,
    action: FaultAction,
    reply: SmtpReply | null,
  ): Promise<SmtpReply | null> {
    switch (action.kind) {
      case 'status':
      case 'status-before':
      case 'status-after':
        return this.answer(wire, call, faultReply(action));
      case 'hang-before':
      case 'hang-after':
        call.lost();
        await this.environment.scope.hang(wire.clientGone);
        wire.reset();
        return null;
      case 'truncate-after':
        call.lost();
        wire.truncateNextReply();
        return reply;
      case 'reset-before':
      case 'reset-after':
      case 'slow':
        return this.lose(wire, call);
    }
  }

  private lose(wire: SmtpWire, call: OpenCall): null {
    call.lost();
    wire.reset();
    return null;
  }

  private answer(wire: SmtpWire, call: OpenCall, reply: SmtpReply): SmtpReply | null {
    if (wire.clientGone.aborted) {
      call.lost();
      return null;
    }
    call.answered(reply.code);
    return reply;
  }
}

function refusalOf(operation: SmtpOperation, text: string): SmtpReply {
  if (operation === SMTP_OPERATIONS.data) return refusal(554, `5.6.0 ${text}`);
  if (operation === SMTP_OPERATIONS.unknown) return refusal(500, `5.5.2 ${text}`);
  return refusal(555, `5.5.4 ${text}`);
}
