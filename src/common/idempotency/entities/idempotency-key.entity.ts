import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { StoredAnswer } from '../stored-answer.js';

/** A request that a client has named, and the answer that it got. */
@Entity('idempotency_keys')
@Check('idempotency_keys_state', `state = ANY (ARRAY['running'::text, 'done'::text])`)
@Check('idempotency_keys_answered', `(state = 'running'::text) OR (answer IS NOT NULL)`)
@Index('idempotency_keys_expiry', ['workspaceId', 'expiresAt'])
@Index('idempotency_keys_over', ['expiresAt'])
export class IdempotencyKeyEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'idempotency_keys_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'idempotency_keys_pkey' })
  key: string;

  /** Method and address. */
  @Column({ type: 'text' })
  route: string;

  @Column({ name: 'body_hash', type: 'text' })
  bodyHash: string;

  @Column({ type: 'text' })
  state: 'running' | 'done';

  /** Whoever holds it may store the answer. */
  @Column({ type: 'uuid' })
  claim: string;

  @Column({ name: 'locked_until', type: 'timestamptz' })
  lockedUntil: Date;

  /** What the request has made, committed together with it: a second try after a crash finds it. */
  @Column({ type: 'text', nullable: true })
  subject: string | null;

  @Column({ type: 'json', nullable: true })
  answer: StoredAnswer | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}
