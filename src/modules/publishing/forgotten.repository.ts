import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';

export interface ForgottenCommit {
  readonly publicationId: string;
  readonly accountId: string;
  readonly contentRevision: number;
  readonly key: string;
  readonly fingerprint: string;
  readonly callDeadlineMs: number;
}

/** Rows about what a restored backup may have forgotten, inside the open unit of work. */
@Injectable()
export class ForgottenRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Opens the commit as if a call had been made at any time in the lost time: looked for since its begin, settling from its end.
   * False when it is done, or was asked about since. The request is not known: its hash is empty until one is made.
   */
  async open(commit: ForgottenCommit): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<object[]>(
      `WITH lost AS (
         UPDATE publications p SET going_out_at = coalesce(p.going_out_at, p.suspected_since)
          WHERE p.workspace_id = $1 AND p.id = $2 AND p.suspected_at IS NOT NULL
         RETURNING p.suspected_since AS since, p.suspected_at AS until)
       INSERT INTO commits AS c (workspace_id, publication_id, content_revision, key, position, account_id, fingerprint,
                                 request_hash, state, calls, first_started_at, last_started_at, deadline_at)
       SELECT $1, $2, $3, $4,
              (SELECT count(*) FROM commits k WHERE k.workspace_id = $1 AND k.publication_id = $2 AND k.content_revision = $3),
              $5, $6, '', 'open', 0, lost.since, lost.until, lost.until + $7::double precision * interval '1 millisecond'
         FROM lost
       ON CONFLICT (workspace_id, publication_id, content_revision, key) DO UPDATE
          SET state = 'open', first_started_at = least(c.first_started_at, excluded.first_started_at),
              last_started_at = excluded.last_started_at, deadline_at = excluded.deadline_at, first_absent_at = NULL
        WHERE c.state <> 'done' AND c.last_started_at < excluded.last_started_at
       RETURNING c.key`,
      [
        this.unitOfWork.workspaceId,
        commit.publicationId,
        commit.contentRevision,
        commit.key,
        commit.accountId,
        commit.fingerprint,
        commit.callDeadlineMs,
      ],
    );
    return rows.length === 1;
  }

  /** Whether another publication that may have gone out in the lost time says the same beside other media on the account. */
  async hasTwin(publicationId: string): Promise<boolean> {
    const [row] = await this.unitOfWork.manager.query<{ twin: boolean }[]>(
      `SELECT EXISTS (SELECT FROM publications own
          JOIN publications other ON other.workspace_id = own.workspace_id AND other.account_id = own.account_id
           AND other.id <> own.id AND other.suspected_at IS NOT NULL
           AND other.content ->> 'text' = own.content ->> 'text' AND other.content -> 'media' <> own.content -> 'media'
         WHERE own.workspace_id = $1 AND own.id = $2) AS twin`,
      [this.unitOfWork.workspaceId, publicationId],
    );
    return row?.twin === true;
  }
}
