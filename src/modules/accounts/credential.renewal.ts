import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';
import {
  PublishError,
  type AccountRef,
  type Credentials,
  type RefreshedCredentials,
} from '../../platforms/core/index.js';
import { AccountExpiry } from './account.expiry.js';
import { AccountRepository } from './account.repository.js';
import { AuditLog } from './audit.log.js';
import { ConnectorCalls } from './connector.calls.js';
import { CredentialRepository } from './credential.repository.js';
import { CredentialStore } from './credential.store.js';
import { Delay } from './delay.js';
import { SharedLogin } from './shared.login.js';

export type RenewalOutcome = 'renewed' | 'already_renewed' | 'expired';
/** Before the end: `needs_person` leaves the account as it is, because its credentials still work. */
export type AheadOutcome = RenewalOutcome | 'needs_person';

type WhenRefused<T> = (request: RenewalRequest, lease: Lease, code: string) => Promise<T>;

export interface RenewalRequest {
  readonly workspaceId: string;
  readonly accountId: string;
  /** The version that the platform refused. */
  readonly failedVersion: number;
}

type Claim =
  | { readonly kind: 'settled'; readonly outcome: RenewalOutcome }
  | { readonly kind: 'held' }
  | { readonly kind: 'given_up' }
  | {
      readonly kind: 'ours';
      readonly token: string;
      /** The account on whose row the lease lies. */
      readonly leader: string;
      readonly account: AccountRef;
      readonly credentials: Credentials;
    };

type Lease = Extract<Claim, { kind: 'ours' }>;

/** Longer than one connector call may take. A lease guards conclusions; new credentials are taken from anybody. */
const leaseSeconds = 60;
const lookEveryMs = 100;
/** Together 20 s. */
const mostLooks = 200;
const mostStoreTries = 10;

/** Renews the credentials of one login: one call to the platform, whoever and how many ask for it, also before their end. */
@Injectable()
export class CredentialRenewal {
  private readonly logger = new Logger(CredentialRenewal.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly rows: CredentialRepository,
    private readonly store: CredentialStore,
    private readonly logins: SharedLogin,
    private readonly connectors: ConnectorCalls,
    private readonly expiry: AccountExpiry,
    private readonly audit: AuditLog,
    private readonly delay: Delay,
  ) {}

  renew(request: RenewalRequest): Promise<RenewalOutcome> {
    return this.attempt(request, (...refused) => this.expire(...refused));
  }

  /** The same for credentials that still work but end soon. */
  renewAhead(request: RenewalRequest): Promise<AheadOutcome> {
    return this.attempt<AheadOutcome>(request, async (refused, lease) => {
      await this.giveUp(refused, lease);
      return 'needs_person';
    });
  }

  private async attempt<T>(
    request: RenewalRequest,
    whenRefused: WhenRefused<T>,
  ): Promise<RenewalOutcome | T> {
    for (let look = 0; look < mostLooks; look += 1) {
      const claim = await this.claim(request, look > 0);
      switch (claim.kind) {
        case 'settled':
          return claim.outcome;
        case 'ours':
          return this.refresh(request, claim, whenRefused);
        case 'given_up':
          throw unsettled('The credentials could not be renewed just now.');
        case 'held':
          await this.delay.wait(lookEveryMs);
      }
    }
    throw unsettled('Renewing the credentials takes too long.');
  }

  /** @param waited true when somebody else was seen at it: what they gave up is not begun again at once. */
  private claim(request: RenewalRequest, waited: boolean): Promise<Claim> {
    const { workspaceId, accountId, failedVersion } = request;
    return this.unitOfWork.run<Claim>(workspaceId, async () => {
      const { account, state, credentials } = await this.store.open(accountId, { lock: true });
      if (credentials === null) return { kind: 'settled', outcome: 'expired' };
      if (credentials.version !== failedVersion) return { kind: 'settled', outcome: 'already_renewed' };
      if (state !== 'connected') return { kind: 'settled', outcome: 'expired' };
      const leader = await this.logins.leaderOf(accountId, credentials.values);
      const lease = await this.rows.lockLease(leader);
      if (lease === 'busy') return { kind: 'held' };
      if (waited && lease === 'free') return { kind: 'given_up' };
      const token = newId();
      const taken = await this.rows.takeLease(leader, token, leaseSeconds);
      return taken ? { kind: 'ours', token, leader, account, credentials } : { kind: 'held' };
    });
  }

  private async refresh<T>(
    request: RenewalRequest,
    lease: Lease,
    whenRefused: WhenRefused<T>,
  ): Promise<RenewalOutcome | T> {
    const { account, credentials } = lease;
    let renewed: RefreshedCredentials | null;
    try {
      renewed = await this.connectors.run(request.workspaceId, account.platform, (connector, app) =>
        connector.refresh(account, credentials, app),
      );
    } catch (error) {
      if (error instanceof PublishError && error.kind === 'auth_expired') {
        return whenRefused(request, lease, error.code);
      }
      await this.giveUp(request, lease);
      throw error;
    }
    if (renewed === null) return whenRefused(request, lease, `${account.platform}.credentials_ended`);
    return this.keepTrying(request, lease, renewed);
  }

  /** The platform may have voided the old credentials with its answer, so the new ones must not be lost. */
  private async keepTrying(
    request: RenewalRequest,
    lease: Lease,
    renewed: RefreshedCredentials,
  ): Promise<RenewalOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.keep(request, lease, renewed);
      } catch (error) {
        if (attempt === mostStoreTries) throw error;
        this.logger.warn({
          msg: 'new credentials could not be stored; trying again',
          accountId: request.accountId,
          attempt,
          err: error,
        });
        await this.delay.wait(lookEveryMs * 2 ** attempt);
      }
    }
  }

  private keep(
    request: RenewalRequest,
    { credentials: { values: old }, leader, token }: Lease,
    renewed: RefreshedCredentials,
  ): Promise<RenewalOutcome> {
    const { workspaceId, accountId, failedVersion } = request;
    return this.unitOfWork.run<RenewalOutcome>(workspaceId, async () => {
      const { expiresAt, metadata, credentials } = renewed;
      const siblings = await this.logins.lock(accountId, old);
      const current = await this.accounts.renew(accountId, failedVersion, expiresAt, metadata ?? {});
      if (!current) return this.readOutcome(accountId, failedVersion);
      await this.store.put(accountId, failedVersion + 1, credentials);
      await this.logins.spread(siblings, old, renewed);
      await this.rows.endLease(leader, token);
      await this.audit.record({
        keyId: null,
        action: 'account.credentials-renewed',
        subjectType: 'account',
        subjectId: accountId,
        details: { version: failedVersion + 1 },
      });
      return 'renewed';
    });
  }

  private expire(request: RenewalRequest, lease: Lease, code: string): Promise<RenewalOutcome> {
    const { workspaceId, accountId, failedVersion } = request;
    return this.unitOfWork.run<RenewalOutcome>(workspaceId, async () => {
      await this.accounts.lock(accountId);
      const ours = await this.rows.endLease(lease.leader, lease.token);
      const { platform } = lease.account;
      const expiry = { accountId, platform, version: failedVersion, code };
      if (ours && (await this.expiry.mark(expiry))) return 'expired';
      return this.readOutcome(accountId, failedVersion);
    });
  }

  private async giveUp({ workspaceId }: RenewalRequest, lease: Lease): Promise<void> {
    await this.unitOfWork.run(workspaceId, () => this.rows.endLease(lease.leader, lease.token));
  }

  /** What has become of the account while we asked the platform. */
  private async readOutcome(accountId: string, failedVersion: number): Promise<RenewalOutcome> {
    const row = await this.accounts.find(accountId);
    if (row === null || row.state !== 'connected') return 'expired';
    if (row.credentialsVersion !== failedVersion) return 'already_renewed';
    throw unsettled('Somebody else is renewing the credentials.');
  }
}

function unsettled(message: string): PublishError {
  return new PublishError({
    kind: 'transient',
    code: 'accounts.renewal_unsettled',
    message,
    remedy: 'Nothing to do: it is tried again.',
    source: 'system',
  });
}
