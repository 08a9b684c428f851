import { connect, type Socket } from 'node:net';
import {
  AddressRefusedError,
  HttpTransportError,
  type AddressGuard,
  type CheckedAddress,
  type TransportReason,
} from '../../common/http/index.js';
import { textField } from './email.error-fields.js';

const CONNECT_TIMEOUT_MS = 20_000;

const reasons: Readonly<Record<string, TransportReason>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ENODATA: 'dns',
};

export interface DialInput {
  readonly host: string;
  readonly port: number;
  readonly signal: AbortSignal;
}

/**
 * Opens a socket to a host that the guard lets through, and to no other address than those that it checked.
 * @throws HttpTransportError, always `before_send`.
 */
export async function dial(guard: AddressGuard, input: DialInput): Promise<Socket> {
  try {
    const addresses = await guard.resolve(input.host);
    return await openSocket(addresses, input);
  } catch (error) {
    throw notConnected(error, input);
  }
}

function openSocket(
  addresses: readonly CheckedAddress[],
  { host, port, signal }: DialInput,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const all = addresses.map(({ address, family }) => ({ address, family }));
    const socket = connect({
      host,
      port,
      autoSelectFamily: true,
      lookup: (_hostname, _options, answer) => answer(null, all),
    });
    const giveUp = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_TIMEOUT_MS)]);
    const onAbort = (): void => {
      socket.destroy();
      onError(new DialGivenUp(signal.aborted ? 'aborted' : 'timeout', giveUp.reason));
    };
    const release = (): void => {
      giveUp.removeEventListener('abort', onAbort);
      socket.removeListener('error', onError);
    };
    const onError = (error: Error): void => {
      release();
      reject(error);
    };
    socket.once('error', onError).once('connect', () => {
      release();
      resolve(socket);
    });
    giveUp.addEventListener('abort', onAbort, { once: true });
    if (giveUp.aborted) onAbort();
  });
}

/** This side ended the attempt. */
class DialGivenUp extends Error {
  constructor(
    readonly reason: TransportReason,
    cause: unknown,
  ) {
    super('the attempt to connect was given up', { cause });
    this.name = 'DialGivenUp';
  }
}

function notConnected(cause: unknown, { host, port }: DialInput): HttpTransportError {
  return new HttpTransportError({
    phase: 'before_send',
    reason: reasonOf(cause),
    message: `no connection to the mail server ${host}:${port}`,
    cause,
  });
}

function reasonOf(error: unknown): TransportReason {
  if (error instanceof AddressRefusedError) return 'address_refused';
  if (error instanceof DialGivenUp) return error.reason;
  return reasons[textField(error, 'code') ?? ''] ?? 'reset';
}
