import type { CallGate } from './call.gate.js';
import type { InboxEntry } from './inbox.js';
import type { JsonObject } from './json.js';
import type { MediaStore } from './media.store.js';
import type { Operation } from './operation.js';
import type { SandboxRequest } from './request.js';
import type { ResetScope } from './reset.scope.js';
import type { SandboxResponse } from './response.js';
import type { SandboxClock } from './sandbox.clock.js';
import type { UnexpectedLog } from './unexpected.log.js';

/** One request that a simulator has handled. */
export interface SeenExchange {
  readonly platform: string;
  readonly operation: string;
  readonly request: SandboxRequest;
  readonly answer: SandboxResponse;
}

/** What a simulator is given. */
export interface SimulatorEnvironment {
  readonly clock: SandboxClock;
  readonly media: MediaStore;
  readonly unexpected: UnexpectedLog;
  /** Faults, barriers and the call log. HTTP simulators pass through it by themselves; other servers open calls here. */
  readonly gate: CallGate;
  readonly scope: ResetScope;
  /** Is shown what was asked and what the simulator answers, before a fault takes the answer away. */
  readonly observe?: (exchange: SeenExchange) => void;
  /** Base URL of one of the simulator's hosts, without a slash at the end; known once the server listens. */
  url(host?: string): string;
}

export interface SandboxAccount {
  /** The name that the call log, the inbox and the token administration use. */
  readonly id: string;
  readonly name: string;
  /** What a person would type to connect the account. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly details?: JsonObject;
}

export type TokenAction = 'expire' | 'revoke';

/** A server of a simulator that does not speak HTTP. */
export interface OwnServer {
  readonly protocol: string;
  /** Listens on 127.0.0.1; port 0 takes any free one. Returns the port. */
  start(port: number): Promise<number>;
  stop(): Promise<void>;
}

export interface Simulator {
  /** Folder name of the platform. */
  readonly key: string;
  readonly name: string;
  /** Host labels in capitals, as in `PLATFORM_<KEY>_<LABEL>_URL`; empty where the host belongs to the account. */
  readonly hosts: readonly string[];
  readonly operations: readonly Operation[];
  /** Present where the platform is not HTTP; then `operations` is empty and no HTTP server is opened. */
  readonly ownServer?: OwnServer;
  /** Back to the seeded accounts, with no posts and the default settings. */
  reset(): void;
  /** In the order of creation. */
  inbox(): readonly InboxEntry[];
  accounts(): readonly SandboxAccount[];
  /** Throws `InvalidInput` when the input makes no account. */
  createAccount(input: JsonObject): SandboxAccount;
  /** Ends the tokens of an account; false when there is no such account. */
  endTokens(account: string, action: TokenAction): boolean;
  /** Settings of the simulator, such as a lag; throws `InvalidInput` on an unknown one. Returns all settings. */
  configure?(settings: JsonObject): JsonObject;
  /** Further environment lines, such as the client id of a registered app. */
  environment?(): Readonly<Record<string, string>>;
  /** The platform's own shape of an error, for faults and refusals by the framework. */
  renderError?(status: number, message: string): SandboxResponse;
}

export type SimulatorFactory = (environment: SimulatorEnvironment) => Simulator;

/** Thrown on wrong input to the control API; answered with 400. */
export class InvalidInput extends Error {}
