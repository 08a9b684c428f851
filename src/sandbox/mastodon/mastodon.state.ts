import { RateLimiter } from '../core/rate.limiter.js';
import type { OperationContext } from '../core/operation.js';
import { bearerOf, type SandboxRequest } from '../core/request.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { LOGIN_PROBLEMS, type MastodonAccount } from './mastodon.account.js';
import { refuse } from './mastodon.errors.js';
import { RateMeter } from './mastodon.rates.js';
import { defaultSettings, type MastodonSettings } from './mastodon.settings.js';
import { StatusStore } from './status.store.js';
import { covers, TokenStore, type AccessToken } from './token.store.js';

const SEEDS = [
  { username: 'alice', displayName: 'Alice' },
  { username: 'bob', displayName: 'Bob' },
];
const PERSONAL_SCOPES = ['read', 'write', 'profile'];
const FIRST_ACCOUNT_ID = 110_000_000_000_000_001n;

/** One user's rights during one request. */
export interface Caller {
  readonly account: MastodonAccount;
  readonly token: AccessToken;
}

/** Everything that the simulated instance remembers. */
export class MastodonState {
  readonly tokens: TokenStore;
  readonly store: StatusStore;
  settings: MastodonSettings = defaultSettings();
  private readonly limiter: RateLimiter;
  private byId = new Map<string, MastodonAccount>();

  constructor(readonly environment: SimulatorEnvironment) {
    this.tokens = new TokenStore(environment.clock);
    this.store = new StatusStore(environment.clock);
    this.limiter = new RateLimiter(environment.clock);
    this.seed();
  }

  get base(): string {
    return this.environment.url();
  }

  get domain(): string {
    return new URL(this.base).host;
  }

  get accounts(): readonly MastodonAccount[] {
    return [...this.byId.values()];
  }

  add(username: string, displayName: string): MastodonAccount {
    const id = String(FIRST_ACCOUNT_ID + BigInt(this.byId.size));
    const account: MastodonAccount = { id, username, displayName, login: 'active' };
    this.byId.set(id, account);
    return account;
  }

  /** By id or user name. */
  find(name: string): MastodonAccount | undefined {
    return this.byId.get(name) ?? this.accounts.find(({ username }) => username === name);
  }

  issuePersonalToken(account: MastodonAccount, token?: string): AccessToken {
    const named = token === undefined ? {} : { token };
    return this.tokens.issue({ accountId: account.id, app: null, scopes: PERSONAL_SCOPES, ...named });
  }

  meter(): RateMeter {
    return new RateMeter(this.limiter, this.settings.rateLimits);
  }

  /** The user behind the request, who must have been granted one of the scopes. */
  authorize(request: SandboxRequest, context: OperationContext, scopes: readonly string[]): Caller {
    const token = this.tokens.check(bearerOf(request));
    if (!scopes.some((scope) => covers(token.scopes, scope))) {
      throw refuse(403, 'This action is outside the authorized scopes');
    }
    const account = token.accountId === null ? undefined : this.byId.get(token.accountId);
    if (!account) throw refuse(422, 'This method requires an authenticated user');
    context.actsAs(account.id);
    if (account.login !== 'active') throw refuse(403, LOGIN_PROBLEMS[account.login]);
    return { account, token };
  }

  /** Reading is public; a token that is sent must be good and carry the scope all the same. */
  authorizeIfToken(
    request: SandboxRequest,
    context: OperationContext,
    scopes: readonly string[],
  ): Caller | null {
    return bearerOf(request) === undefined ? null : this.authorize(request, context, scopes);
  }

  reset(): void {
    this.byId = new Map();
    this.settings = defaultSettings();
    this.tokens.reset();
    this.store.reset();
    this.limiter.reset();
    this.seed();
  }

  private seed(): void {
    for (const { username, displayName } of SEEDS) {
      this.issuePersonalToken(this.add(username, displayName), `sandbox-token-${username}`);
    }
  }
}
