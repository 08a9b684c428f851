import { AsyncLocalStorage } from 'node:async_hooks';
import { type Clock } from '../clock/index.js';
import { type HttpTransportError, NeverSentError } from './http.errors.js';

/** What is about to be sent. Everything is redacted; the hash is over the true bytes. */
export interface RequestEvidence {
  method: string;
  url: string;
  /** Hex. The same request has the same hash. */
  bodySha256: string;
  bodyBytes: number;
  /** Only allow-listed names, lower-case. */
  headers: Record<string, string>;
  /** At most 4 kB. */
  bodyExcerpt: string;
}

/** What came back, redacted. */
export interface AnswerEvidence {
  status: number;
  headers: Record<string, string>;
  /** At most 4 kB. */
  bodyExcerpt: string;
  receivedAt: Date;
}

/** Leave to send one request. */
export interface SendPermit {
  /** Monotonic milliseconds of the process's clock; after it the request must not be sent any more. */
  sendBefore: number;
  /** Milliseconds for the whole call, from the permit to the last byte of the answer. */
  deadlineMs: number;
  signal: AbortSignal;
}

/** Set by a caller up the stack, so that a plain client's requests are watched and, in a commit, gated. */
export interface OutboundScope {
  readonly kind: 'commit' | 'step' | 'look' | 'connect';
  readonly signal: AbortSignal;
  /**
   * Commits only: called once the full request is built and before a socket is opened. Rejects when it must not be
   * sent; the client passes that error on unchanged.
   */
  beforeSend?(evidence: RequestEvidence): Promise<SendPermit>;
  onAnswer?(answer: AnswerEvidence): void;
  onFailure?(error: HttpTransportError): void;
}

const storage = new AsyncLocalStorage<OutboundScope>();

/** The scope that the current asynchronous work runs in. */
export const outboundScopes = {
  run<T>(scope: OutboundScope, fn: () => Promise<T>): Promise<T> {
    return storage.run(scope, fn);
  },
  current(): OutboundScope | undefined {
    return storage.getStore();
  },
};

/** The way out for one request. */
export interface SendGate {
  /** Aborted when the scope or the permit is. */
  readonly signal: AbortSignal;
  /** Milliseconds for the whole call; null outside a commit. */
  readonly deadlineMs: number | null;
  /** A commit takes a fresh connection and follows no redirect. */
  readonly commit: boolean;
  /**
   * To be called right before the first byte is written.
   * @throws NeverSentError when the window is over or the work was aborted.
   */
  assertOpen(): void;
}

/**
 * Asks the current scope for leave to send. Whoever does not send through HttpClient calls it by hand, with the full
 * request built and no socket open (or none that has said anything visible).
 * @throws NeverSentError when a commit has no gate; whatever the scope's `beforeSend` rejects with.
 */
export async function gateSend(evidence: RequestEvidence, clock: Clock): Promise<SendGate> {
  const scope = outboundScopes.current();
  if (scope?.kind !== 'commit') return openGate(scope?.signal);
  if (scope.beforeSend === undefined) {
    throw new NeverSentError('no_gate', 'a commit scope without beforeSend lets nothing out');
  }
  const permit = await scope.beforeSend(evidence);
  const signal = AbortSignal.any([scope.signal, permit.signal]);
  return {
    signal,
    deadlineMs: permit.deadlineMs,
    commit: true,
    assertOpen() {
      assertNotAborted(signal);
      if (clock.monotonicMs() > permit.sendBefore) {
        throw new NeverSentError('too_late', 'the window for sending was over before the first byte');
      }
    },
  };
}

function openGate(scopeSignal: AbortSignal | undefined): SendGate {
  const signal = scopeSignal ?? new AbortController().signal;
  return { signal, deadlineMs: null, commit: false, assertOpen: () => assertNotAborted(signal) };
}

function assertNotAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new NeverSentError('aborted', 'aborted before the first byte', signal.reason);
}
