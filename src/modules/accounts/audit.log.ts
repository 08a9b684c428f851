import { Injectable } from '@nestjs/common';
import { AuditRepository } from './audit.repository.js';

export interface AuditRecord {
  /** The API key that asked for it; null: the engine itself. */
  readonly keyId: string | null;
  /** `account.disconnected`, `api-key.created`. */
  readonly action: string;
  /** `account`, `api-key`, `platform`. */
  readonly subjectType: string;
  readonly subjectId: string;
  /** Plain data. Never a secret. */
  readonly details?: object;
}

/** What was changed, by whom: committed together with the change itself. */
@Injectable()
export class AuditLog {
  constructor(private readonly entries: AuditRepository) {}

  /** Inside the unit of work of the change. */
  record(entry: AuditRecord): Promise<void> {
    return this.entries.insert(entry);
  }
}
