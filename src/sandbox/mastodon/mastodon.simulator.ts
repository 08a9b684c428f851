import type { InboxEntry } from '../core/inbox.js';
import { arrayAt, isJsonObject, stringAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import {
  InvalidInput,
  type SandboxAccount,
  type Simulator,
  type SimulatorEnvironment,
  type TokenAction,
} from '../core/simulator.js';
import { instanceOperations } from './instance.operations.js';
import { LOGIN_PROBLEMS, type LoginStatus, type MastodonAccount } from './mastodon.account.js';
import { renderError } from './mastodon.errors.js';
import { inboxOf } from './mastodon.inbox.js';
import { changeSettings } from './mastodon.settings.js';
import { MastodonState } from './mastodon.state.js';
import { mediaOperations } from './media.operations.js';
import { appOperations } from './oauth.apps.js';
import { authorizationOperations } from './oauth.authorization.js';
import { tokenOperations } from './oauth.tokens.js';
import { readingOperations } from './reading.operations.js';
import { editingOperations } from './status.editing.js';
import { statusOperations } from './status.operations.js';

const LOGIN_STATUSES: readonly LoginStatus[] = ['active', 'disabled', 'pending', 'unconfirmed'];

/** One Mastodon instance. */
export class MastodonSimulator implements Simulator {
  readonly key = 'mastodon';
  readonly name = 'Mastodon';
  /** The instance is the account's host. */
  readonly hosts = [];
  readonly operations: readonly Operation[];
  readonly renderError = renderError;
  private readonly state: MastodonState;

  constructor(environment: SimulatorEnvironment) {
    this.state = new MastodonState(environment);
    this.operations = [
      ...instanceOperations(this.state),
      ...appOperations(this.state),
      ...authorizationOperations(this.state),
      ...tokenOperations(this.state),
      ...mediaOperations(this.state),
      ...statusOperations(this.state),
      ...editingOperations(this.state),
      ...readingOperations(this.state),
    ];
  }

  reset(): void {
    this.state.reset();
  }

  inbox(): readonly InboxEntry[] {
    return inboxOf(this.state);
  }

  accounts(): readonly SandboxAccount[] {
    return this.state.accounts.map((account) => this.describe(account));
  }

  /** A new account, or a fresh personal token and another login status for one that exists. */
  createAccount(input: JsonObject): SandboxAccount {
    const username = stringAt(input, 'username');
    if (username === undefined || !/^[a-z0-9_]+$/i.test(username)) {
      throw new InvalidInput('mastodon: username is missing');
    }
    const login = LOGIN_STATUSES.find((status) => status === (stringAt(input, 'login') ?? 'active'));
    if (!login)
      throw new InvalidInput(`mastodon: login must be active, ${Object.keys(LOGIN_PROBLEMS).join(', ')}`);
    const known = this.state.accounts.find((account) => account.username === username);
    const account = known ?? this.state.add(username, stringAt(input, 'displayName') ?? username);
    account.login = login;
    if (!this.state.tokens.personal(account.id)) this.state.issuePersonalToken(account);
    for (const post of arrayAt(input, 'posts') ?? []) this.post(account, isJsonObject(post) ? post : {});
    return this.describe(account);
  }

  /** Mastodon tokens do not expire by themselves; on some dialects they do. */
  endTokens(id: string, action: TokenAction): boolean {
    const account = this.state.find(id);
    if (!account) return false;
    this.state.tokens.end(account.id, action === 'expire' ? 'expired' : 'revoked');
    return true;
  }

  configure(settings: JsonObject): JsonObject {
    this.state.settings = changeSettings(this.state.settings, settings);
    return { ...this.state.settings };
  }

  /** As if the account had posted it by the page of the instance. */
  private post(account: MastodonAccount, post: JsonObject): void {
    const id = stringAt(post, 'id') ?? this.state.store.nextId();
    this.state.store.statuses.set(id, {
      id,
      accountId: account.id,
      createdAt: this.state.environment.clock.iso(),
      text: stringAt(post, 'text') ?? '',
      ...{ spoiler: '', sensitive: false, language: null, mediaIds: [], poll: null, editedAt: null },
      ...{
        visibility: 'public',
        inReplyToId: null,
        quotedId: null,
        quotePolicy: 'public',
        application: null,
      },
    });
  }

  private describe(account: MastodonAccount): SandboxAccount {
    return {
      id: account.id,
      name: account.displayName,
      credentials: {
        instance: this.state.base,
        username: account.username,
        accessToken: this.state.tokens.personal(account.id)?.token ?? '',
      },
      details: { login: account.login },
    };
  }
}
