import { Agent as PlainAgent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { type Duplex, PassThrough } from 'node:stream';
import { type AddressGuard } from './address.guard.js';
import { openConnection } from './connection.js';

export interface AgentSetup {
  readonly guard: AddressGuard;
  readonly ca?: string;
  /** Ends the opening of connections; only for an agent of a single request. */
  readonly signal?: AbortSignal;
}

type Created = (error: Error | null, socket: Duplex) => void;

const IDLE_MS = 4_000;
const REUSE: AgentOptions = { keepAlive: true, maxFreeSockets: 16, timeout: IDLE_MS };
/** With a limit of sockets Node would offer to keep the connection. */
const ONE: AgentOptions = { keepAlive: false };

/** Node's pool of connections, whose connections are checked and ready before a request gets one. */
export function createAgent(secure: boolean, use: 'reuse' | 'once', setup: AgentSetup): PlainAgent {
  const options = use === 'reuse' ? REUSE : ONE;
  return secure ? new GuardedTlsAgent(setup, options) : new GuardedPlainAgent(setup, options);
}

class GuardedPlainAgent extends PlainAgent {
  constructor(
    private readonly setup: AgentSetup,
    options: AgentOptions,
  ) {
    super(options);
  }

  override createConnection(options: ClientRequestArgs, created?: Created): undefined {
    open(options, false, this.setup, created);
  }
}

class GuardedTlsAgent extends TlsAgent {
  constructor(
    private readonly setup: AgentSetup,
    options: AgentOptions,
  ) {
    super(options);
  }

  override createConnection(options: ClientRequestArgs, created?: Created): undefined {
    open(options, true, this.setup, created);
  }
}

function open(
  options: ClientRequestArgs,
  secure: boolean,
  setup: AgentSetup,
  created: Created | undefined,
): void {
  const { guard, ...rest } = setup;
  const target = { ...rest, host: options.host ?? '', port: Number(options.port), secure };
  openConnection(target, guard).then(
    (socket) => created?.(null, socket),
    (error: unknown) => {
      // The second argument is there for the type: Node looks at it only when there is no error.
      created?.(
        error instanceof Error ? error : new Error('no connection', { cause: error }),
        new PassThrough(),
      );
    },
  );
}
