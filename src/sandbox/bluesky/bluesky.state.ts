import { fieldsOf, bearerOf, type SandboxRequest } from '../core/request.js';
import { describeJson } from '../core/json.js';
import { RateLimiter } from '../core/rate.limiter.js';
import type { OperationContext } from '../core/operation.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { BlueskyAccount, didOf, type AccountStatus } from './bluesky.account.js';
import { invalidRequest, refuse } from './bluesky.errors.js';
import { defaultSettings, type BlueskySettings } from './bluesky.settings.js';
import { BlueskyRates } from './rate.limits.js';
import { TidSource } from './record.key.js';
import { SessionStore, type SessionToken } from './session.store.js';

const SEEDS = [
  { handle: 'alice.test', displayName: 'Alice', password: 'alic-eapp-pass-word' },
  { handle: 'bob.test', displayName: 'Bob', password: 'bobb-yapp-pass-word' },
];

/** Everything that the simulated network remembers. */
export class BlueskyState {
  readonly sessions: SessionStore;
  readonly keys: TidSource;
  readonly rates: BlueskyRates;
  settings: BlueskySettings = defaultSettings();
  private readonly limiter: RateLimiter;
  private byDid = new Map<string, BlueskyAccount>();

  constructor(readonly environment: SimulatorEnvironment) {
    this.sessions = new SessionStore(environment.clock);
    this.keys = new TidSource(environment.clock);
    this.limiter = new RateLimiter(environment.clock);
    this.rates = new BlueskyRates(this.limiter, () => this.settings.rateLimits);
    this.seed();
  }

  get accounts(): readonly BlueskyAccount[] {
    return [...this.byDid.values()];
  }

  add(input: {
    handle: string;
    displayName: string;
    emailConfirmed: boolean;
    password: string;
  }): BlueskyAccount {
    const account = new BlueskyAccount(
      didOf(input.handle),
      input.handle,
      input.displayName,
      input.emailConfirmed,
    );
    account.addPassword(input.password);
    this.byDid.set(account.did, account);
    return account;
  }

  /** By DID, handle or e-mail address. */
  find(identifier: string): BlueskyAccount | undefined {
    const wanted = identifier.toLowerCase();
    return this.accounts.find(({ did, handle, email }) => [did, handle, email].includes(wanted));
  }

  owner(token: SessionToken): BlueskyAccount {
    const account = this.byDid.get(token.did);
    if (!account) throw refuse(400, 'InvalidToken', 'Token could not be verified');
    return account;
  }

  /** The account of an access token. */
  authorize(request: SandboxRequest, context: OperationContext): BlueskyAccount {
    const account = this.owner(this.sessions.check(bearerOf(request), 'access'));
    context.actsAs(account.did);
    return account;
  }

  /** The account of an access token, for a write to the repository that the body names. */
  authorizeWrite(request: SandboxRequest, context: OperationContext): BlueskyAccount {
    const account = this.authorize(request, context);
    refuseBlocked(account);
    const repo = fieldsOf(request)['repo'];
    const owner = typeof repo === 'string' ? this.find(repo) : undefined;
    if (!owner) throw invalidRequest(`Could not find repo: ${describeJson(repo)}`);
    if (owner !== account) throw refuse(401, 'AuthenticationRequired', 'Authentication Required');
    return account;
  }

  reset(): void {
    this.byDid = new Map();
    this.settings = defaultSettings();
    this.sessions.reset();
    this.limiter.reset();
    this.seed();
  }

  private seed(): void {
    for (const seed of SEEDS) this.add({ ...seed, emailConfirmed: true });
  }
}

const BLOCKED: Readonly<Record<Exclude<AccountStatus, 'active'>, readonly [string, string]>> = {
  takendown: ['AccountTakedown', 'Account has been taken down'],
  suspended: ['AccountSuspended', 'Account has been suspended'],
  deactivated: ['AccountDeactivated', 'Account is deactivated'],
};

/** Blocked accounts answer 401 to logins, refreshes and writes. */
export function refuseBlocked(account: BlueskyAccount): void {
  if (account.status === 'active') return;
  const [error, message] = BLOCKED[account.status];
  throw refuse(401, error, message);
}
