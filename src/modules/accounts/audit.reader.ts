import { Injectable } from '@nestjs/common';
import { AuditRepository } from './audit.repository.js';

export interface AuditSubject {
  /** `account`, `post`, `platform`. */
  readonly type: string;
  readonly id: string;
}

/** One change that was made, with who asked for it. */
export interface AuditedChange {
  /** `account.disconnected`. */
  readonly action: string;
  readonly subject: AuditSubject;
  /** The API key that asked for it, also a revoked one; null: the engine itself. */
  readonly by: { readonly keyId: string; readonly name: string } | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

export interface AuditPeriod {
  readonly from: Date;
  /** Null: until now. */
  readonly until: Date | null;
}

/** Reads what was changed, for those who tell a story. Inside a unit of work. */
@Injectable()
export class AuditReader {
  constructor(private readonly entries: AuditRepository) {}

  /** Oldest first. */
  async of(subjects: readonly AuditSubject[], period: AuditPeriod): Promise<AuditedChange[]> {
    return subjects.length === 0 ? [] : this.entries.find(subjects, period);
  }

  /** For each subject the last of these actions before a time: what was in force then. Oldest first. */
  async lastBefore(
    subjects: readonly AuditSubject[],
    actions: readonly string[],
    before: Date,
  ): Promise<AuditedChange[]> {
    if (subjects.length === 0) return [];
    const found = await this.entries.findLast(subjects, actions, before);
    return found.sort((a, b) => a.at.getTime() - b.at.getTime());
  }
}
