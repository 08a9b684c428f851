import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';
import type { AuditRecord } from './audit.log.js';

/** Rows of `audit_entries`, inside the open unit of work. */
@Injectable()
export class AuditRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async insert({ keyId, action, subjectType, subjectId, details }: AuditRecord): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO audit_entries (workspace_id, id, key_id, action, subject_type, subject_id, details)
       VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb)`,
      [
        this.unitOfWork.workspaceId,
        newId(),
        keyId,
        action,
        subjectType,
        subjectId,
        JSON.stringify(details ?? {}),
      ],
    );
  }
}
