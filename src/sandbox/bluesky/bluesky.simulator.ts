import type { InboxEntry } from '../core/inbox.js';
import { arrayAt, isJsonObject, stringAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { Refusal, withHeaders } from '../core/response.js';
import {
  InvalidInput,
  type SandboxAccount,
  type Simulator,
  type SimulatorEnvironment,
  type TokenAction,
} from '../core/simulator.js';
import { appViewOperations } from './appview.operations.js';
import { batchOperations } from './batch.operations.js';
import { blobOperations } from './blob.operations.js';
import { newAppPassword, type AccountStatus, type BlueskyAccount } from './bluesky.account.js';
import { renderXrpcError } from './bluesky.errors.js';
import { inboxOf } from './bluesky.inbox.js';
import { changeSettings } from './bluesky.settings.js';
import { BlueskyState } from './bluesky.state.js';
import { directoryOperations } from './directory.operations.js';
import { readingOperations } from './reading.operations.js';
import { repositoryOperations } from './repository.operations.js';
import { prepare, write } from './repository.writes.js';
import { sessionOperations } from './session.operations.js';
import { VideoJobs } from './video.jobs.js';
import { videoOperations } from './video.operations.js';

const STATUSES: readonly AccountStatus[] = ['active', 'takendown', 'suspended', 'deactivated'];

/** PDS, AppView, video service and PLC directory of one small network. */
export class BlueskySimulator implements Simulator {
  readonly key = 'bluesky';
  readonly name = 'Bluesky';
  readonly hosts = ['API', 'APPVIEW', 'VIDEO', 'PLC'];
  readonly operations: readonly Operation[];
  readonly renderError = renderXrpcError;
  private readonly state: BlueskyState;
  private readonly jobs = new VideoJobs();

  constructor(environment: SimulatorEnvironment) {
    this.state = new BlueskyState(environment);
    const operations = [
      ...sessionOperations(this.state),
      ...directoryOperations(this.state),
      ...blobOperations(this.state),
      ...repositoryOperations(this.state),
      ...batchOperations(this.state),
      ...readingOperations(this.state),
    ];
    this.operations = [
      ...operations.map((operation) => this.limited(operation)),
      ...appViewOperations(this.state),
      ...videoOperations(this.state, this.jobs),
    ];
  }

  reset(): void {
    this.state.reset();
    this.jobs.reset();
  }

  inbox(): readonly InboxEntry[] {
    const entries = this.state.accounts.flatMap(inboxOf);
    return entries.sort((one, other) => one.createdAt.localeCompare(other.createdAt));
  }

  accounts(): readonly SandboxAccount[] {
    return this.state.accounts.map((account) => this.describe(account));
  }

  /** A new account, or a fresh app password and another status for one that exists. */
  createAccount(input: JsonObject): SandboxAccount {
    const handle = stringAt(input, 'handle');
    if (handle === undefined || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(handle)) {
      throw new InvalidInput('bluesky: handle is missing, such as carol.test');
    }
    const status = STATUSES.find((candidate) => candidate === (stringAt(input, 'status') ?? 'active'));
    if (!status) throw new InvalidInput(`bluesky: status must be one of ${STATUSES.join(', ')}`);
    const password = stringAt(input, 'appPassword') ?? newAppPassword();
    const account = this.state.find(handle) ?? this.add(handle, password, input);
    account.addPassword(password);
    account.status = status;
    for (const post of arrayAt(input, 'posts') ?? []) this.post(account, isJsonObject(post) ? post : {});
    return this.describe(account);
  }

  /** `expire` ends the access tokens; `revoke` takes the app passwords back: access tokens live on, refreshing fails. */
  endTokens(id: string, action: TokenAction): boolean {
    const account = this.state.find(id);
    if (!account) return false;
    if (action === 'expire') {
      this.state.sessions.expireAccess(account.did);
      return true;
    }
    for (const password of account.passwords.values()) password.revoked = true;
    this.state.sessions.revokeRefresh(account.did);
    return true;
  }

  configure(settings: JsonObject): JsonObject {
    this.state.settings = changeSettings(this.state.settings, settings);
    return { ...this.state.settings };
  }

  private add(handle: string, password: string, input: JsonObject): BlueskyAccount {
    const displayName = stringAt(input, 'displayName') ?? handle;
    return this.state.add({
      handle,
      displayName,
      password,
      emailConfirmed: input['emailConfirmed'] !== false,
    });
  }

  /** As if the account had posted it from an app. */
  private post(account: BlueskyAccount, post: JsonObject): void {
    const collection = 'app.bsky.feed.post';
    const address = { collection, rkey: stringAt(post, 'rkey') ?? this.state.keys.next() };
    const createdAt = this.state.environment.clock.iso();
    const record = { $type: collection, text: stringAt(post, 'text') ?? '', createdAt };
    write(this.state, account, prepare(this.state, account, address, record));
  }

  private describe(account: BlueskyAccount): SandboxAccount {
    return {
      id: account.did,
      name: account.displayName,
      credentials: { handle: account.handle, appPassword: account.activePassword() ?? '' },
      details: { handle: account.handle, status: account.status, emailConfirmed: account.emailConfirmed },
    };
  }

  /** Every call to the server counts against the limit of the caller's address. */
  private limited(operation: Operation): Operation {
    return {
      ...operation,
      handle: async (request, context) => {
        const headers = this.state.rates.call();
        try {
          const answer = await operation.handle(request, context);
          return { ...answer, headers: { ...headers, ...answer.headers } };
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          throw new Refusal(withHeaders({ ...error.response, headers }, error.response.headers));
        }
      },
    };
  }
}
