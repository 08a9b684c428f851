import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';
import type { AuditRecord } from './audit.log.js';
import type { AuditedChange, AuditPeriod, AuditSubject } from './audit.reader.js';

interface EntryRow {
  readonly action: string;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly key_id: string | null;
  readonly key_name: string | null;
  readonly details: Record<string, unknown>;
  readonly occurred_at: Date;
}

const columns = `e.action, e.subject_type, e.subject_id, e.key_id, k.name AS key_name, e.details, e.occurred_at`;
const withKey = `audit_entries e LEFT JOIN api_keys k ON k.workspace_id = e.workspace_id AND k.id = e.key_id`;
const ofSubjects = `e.workspace_id = $1 AND (e.subject_type, e.subject_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))`;

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

  async find(subjects: readonly AuditSubject[], { from, until }: AuditPeriod): Promise<AuditedChange[]> {
    const rows = await this.unitOfWork.manager.query<EntryRow[]>(
      `SELECT ${columns} FROM ${withKey}
        WHERE ${ofSubjects} AND e.occurred_at >= $4 AND ($5::timestamptz IS NULL OR e.occurred_at <= $5)
        ORDER BY e.occurred_at, e.id`,
      [this.unitOfWork.workspaceId, ...arraysOf(subjects), from, until],
    );
    return rows.map(toChange);
  }

  async findLast(
    subjects: readonly AuditSubject[],
    actions: readonly string[],
    before: Date,
  ): Promise<AuditedChange[]> {
    const rows = await this.unitOfWork.manager.query<EntryRow[]>(
      `SELECT DISTINCT ON (e.subject_type, e.subject_id) ${columns} FROM ${withKey}
        WHERE ${ofSubjects} AND e.action = ANY ($4) AND e.occurred_at < $5
        ORDER BY e.subject_type, e.subject_id, e.occurred_at DESC, e.id DESC`,
      [this.unitOfWork.workspaceId, ...arraysOf(subjects), [...actions], before],
    );
    return rows.map(toChange);
  }
}

function arraysOf(subjects: readonly AuditSubject[]): [types: string[], ids: string[]] {
  return [subjects.map(({ type }) => type), subjects.map(({ id }) => id)];
}

function toChange(row: EntryRow): AuditedChange {
  const { key_id: keyId, key_name: name } = row;
  return {
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id },
    by: keyId === null ? null : { keyId, name: name ?? '' },
    details: row.details,
    at: row.occurred_at,
  };
}
