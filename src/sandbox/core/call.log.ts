import type { SandboxClock } from './sandbox.clock.js';

/** What a request is, before anything is done with it. */
export interface CallSubject {
  readonly platform: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly visible: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export interface CallRecord extends CallSubject {
  readonly seq: number;
  readonly at: string;
  /** The account that the credentials belong to; null while unknown. */
  account: string | null;
  /** The handler acted and created or changed something. */
  accepted: boolean;
  /** Status that the handler gave; null when it did not run. */
  handlerStatus: number | null;
  /** Status that was sent; null while open, and when the answer was lost. */
  status: number | null;
  /** Kind of the fault that was applied. */
  fault: string | null;
  state: 'open' | 'held' | 'answered' | 'lost';
}

/** Every request to every platform, in order of arrival. */
export class CallLog {
  private records: CallRecord[] = [];
  private nextSeq = 1;

  constructor(private readonly clock: SandboxClock) {}

  open(subject: CallSubject): CallRecord {
    const record: CallRecord = {
      seq: this.nextSeq++,
      at: this.clock.iso(),
      ...subject,
      account: null,
      accepted: false,
      handlerStatus: null,
      status: null,
      fault: null,
      state: 'open',
    };
    this.records.push(record);
    return record;
  }

  list(platform?: string): readonly CallRecord[] {
    return this.records.filter((record) => platform === undefined || record.platform === platform);
  }

  reset(): void {
    this.records = [];
  }
}
