import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import type { Sealed } from '../../common/crypto/index.js';
import { ConnectSessionEntity } from './entities/connect-session.entity.js';

export interface NewConnectSession {
  readonly id: string;
  readonly platform: string;
  readonly stateHash: string | null;
  readonly redirectUri: string | null;
  readonly sealed: Sealed;
}

export interface SessionRow {
  readonly row: ConnectSessionEntity;
  readonly expired: boolean;
}

const lifeMinutes = 30;
/** Longer than one connector call may take. */
const claimSeconds = 60;

/** Rows of `connect_sessions`, inside the open unit of work. */
@Injectable()
export class ConnectRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async insert({ id, platform, stateHash, redirectUri, sealed }: NewConnectSession): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO connect_sessions (workspace_id, id, platform, status, state_hash, redirect_uri, key_id, nonce,
                                     ciphertext, account_ids, expires_at)
       VALUES ($1, $2, $3, 'started', $4, $5, $6, $7, $8, '{}', fanfare.now() + make_interval(mins => $9))`,
      [
        this.unitOfWork.workspaceId,
        id,
        platform,
        stateHash,
        redirectUri,
        sealed.keyId,
        sealed.nonce,
        sealed.ciphertext,
        lifeMinutes,
      ],
    );
  }

  /** @param lock keeps the row from others until the unit of work ends. */
  async find(id: string, lock = false): Promise<SessionRow | null> {
    const { manager, workspaceId } = this.unitOfWork;
    const row = await manager.getRepository(ConnectSessionEntity).findOne({
      where: { workspaceId, id },
      ...(lock ? { lock: { mode: 'pessimistic_write' } } : {}),
    });
    if (row === null) return null;
    const [time] = await manager.query<{ expired: boolean }[]>(`SELECT $1 <= fanfare.now() AS expired`, [
      row.expiresAt,
    ]);
    return { row, expired: time?.expired !== false };
  }

  /** The right to complete a started session, for one caller at a time. */
  async claim(id: string, token: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE connect_sessions SET claim_token = $3, claimed_until = fanfare.now() + make_interval(secs => $4)
        WHERE workspace_id = $1 AND id = $2 AND status = 'started'
          AND (claimed_until IS NULL OR claimed_until < (SELECT fanfare.now()))
       RETURNING id`,
      [this.unitOfWork.workspaceId, id, token, claimSeconds],
    );
    return updatedRows(result).length > 0;
  }

  async release(id: string, token: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE connect_sessions SET claim_token = NULL, claimed_until = NULL
        WHERE workspace_id = $1 AND id = $2 AND claim_token = $3`,
      [this.unitOfWork.workspaceId, id, token],
    );
  }

  /** False when the claim was lost meanwhile. */
  async offer(id: string, token: string, sealed: Sealed): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE connect_sessions
          SET status = 'choose', state_hash = NULL, claim_token = NULL, claimed_until = NULL,
              key_id = $4, nonce = $5, ciphertext = $6, expires_at = fanfare.now() + make_interval(mins => $7)
        WHERE workspace_id = $1 AND id = $2 AND status = 'started' AND claim_token = $3
       RETURNING id`,
      [this.unitOfWork.workspaceId, id, token, sealed.keyId, sealed.nonce, sealed.ciphertext, lifeMinutes],
    );
    return updatedRows(result).length > 0;
  }

  /** Ends the session and forgets its secrets. */
  async finish(id: string, accountIds: readonly string[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE connect_sessions
          SET status = 'done', key_id = NULL, nonce = NULL, ciphertext = NULL, account_ids = $3::uuid[]
        WHERE workspace_id = $1 AND id = $2`,
      [this.unitOfWork.workspaceId, id, accountIds],
    );
  }

  /** Sessions that ended a day ago, and with them the secrets of those that were never finished. */
  async removeOld(): Promise<void> {
    await this.unitOfWork.manager.query(
      `DELETE FROM connect_sessions
        WHERE workspace_id = $1 AND expires_at < (SELECT fanfare.now()) - interval '1 day'`,
      [this.unitOfWork.workspaceId],
    );
  }
}
