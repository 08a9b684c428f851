import { connect as connectPlain, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AddressRefusedError, type AddressGuard, type CheckedAddress } from './address.guard.js';
import { HttpTransportError, type TransportReason } from './http.errors.js';

const CONNECT_TIMEOUT_MS = 15_000;
/** How long one of several addresses may take before the next is tried as well. */
const NEXT_ADDRESS_AFTER_MS = 1_000;

export interface ConnectionTarget {
  /** A name or an address, as the URL has it. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Authorities to trust instead of the usual ones. */
  readonly ca?: string;
  readonly signal?: AbortSignal;
}

/**
 * A connection that is ready for its first byte: the address is checked, TCP is up, and with TLS the certificate is
 * verified. As long as this has not resolved, nothing of a request can have been written.
 * @throws HttpTransportError (before_send)
 */
export async function openConnection(target: ConnectionTarget, guard: AddressGuard): Promise<Socket> {
  const host = target.host.replace(/^\[(.*)\]$/, '$1');
  const addresses = await resolve(host, guard);
  if (target.signal?.aborted === true) throw failure('aborted', 'aborted before connecting');
  const pinned = { host, port: target.port, lookup: always(addresses) };
  const race = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS };
  const trust = target.ca === undefined ? {} : { ca: target.ca };
  const name = isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : {};
  const socket = target.secure
    ? connectTls({ ...pinned, ...race, ...trust, ...name, ALPNProtocols: ['http/1.1'] })
    : connectPlain({ ...pinned, ...race });
  return ready(socket, target);
}

async function resolve(host: string, guard: AddressGuard): Promise<readonly CheckedAddress[]> {
  try {
    return await guard.resolve(host);
  } catch (cause) {
    if (cause instanceof AddressRefusedError) throw failure('address_refused', cause.message, cause);
    throw failure('dns', `the name ${host} cannot be resolved`, cause);
  }
}

/** The connection asks for addresses itself; it gets the checked ones and no others. */
function always(addresses: readonly CheckedAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}

function ready(socket: Socket, { secure, port, signal }: ConnectionTarget): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let connected = false;
    const finish = (error?: HttpTransportError): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.off('error', onError).off('close', onClose);
      if (error === undefined) {
        resolve(socket);
        return;
      }
      socket.on('error', () => undefined).destroy();
      reject(error);
    };
    const onAbort = (): void => {
      finish(failure('aborted', 'aborted before the connection was ready', signal?.reason));
    };
    const onError = (cause: Error): void => {
      finish(failure(reasonOf(cause, connected), `no connection to port ${port}`, cause));
    };
    const onClose = (): void => {
      finish(failure(secure ? 'tls' : 'reset', 'the connection was closed before it was ready'));
    };
    const timer = setTimeout(() => {
      finish(failure('timeout', `no connection within ${CONNECT_TIMEOUT_MS} ms`));
    }, CONNECT_TIMEOUT_MS);
    signal?.addEventListener('abort', onAbort);
    socket.once('connect', () => (connected = true));
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      finish();
    });
    socket.on('error', onError).on('close', onClose);
  });
}

function reasonOf(error: Error, connected: boolean): TransportReason {
  if (connected) return 'tls';
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return 'refused';
  return code === 'ETIMEDOUT' ? 'timeout' : 'unreachable';
}

function failure(reason: TransportReason, message: string, cause?: unknown): HttpTransportError {
  return new HttpTransportError({ phase: 'before_send', reason, message, cause });
}
