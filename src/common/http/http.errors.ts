/**
 * `before_send`: it is certain that not one byte of the request was written to a socket.
 * `after_send`: everything else; the other side may have acted.
 */
export type TransportPhase = 'before_send' | 'after_send';

export type TransportReason =
  /** The URL or the request itself can't be sent. */
  | 'request_refused'
  /** Not one of the base URLs that the request names. */
  | 'host_refused'
  /** The address guard: private, loopback, link-local, … */
  | 'address_refused'
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'aborted'
  /** The answer is larger than allowed. */
  | 'too_large'
  /** The answer ended before its end. */
  | 'truncated'
  /** The answer is not HTTP, or in an encoding that can't be read. */
  | 'unreadable'
  /** The source of a streamed body failed, or had another length than promised. */
  | 'body_failed'
  /** The window in which it might have been sent is over. */
  | 'too_late'
  /** A commit scope without a gate. */
  | 'no_gate';

export interface HttpTransportFailure {
  phase: TransportPhase;
  reason: TransportReason;
  message: string;
  cause?: unknown;
  /** The status, when the head of an answer had arrived. */
  status?: number;
}

/** A request that has no answer. */
export class HttpTransportError extends Error {
  readonly phase: TransportPhase;
  readonly reason: TransportReason;
  /** The status, when the head of an answer had arrived before the failure. */
  readonly status: number | null;

  constructor(failure: HttpTransportFailure) {
    super(failure.message, failure.cause === undefined ? undefined : { cause: failure.cause });
    this.name = new.target.name;
    this.phase = failure.phase;
    this.reason = failure.reason;
    this.status = failure.status ?? null;
  }
}

/** The gate of a commit did not let the request out: not one byte was sent. Always `before_send`. */
export class NeverSentError extends HttpTransportError {
  constructor(reason: 'too_late' | 'no_gate' | 'aborted', message: string, cause?: unknown) {
    super({ phase: 'before_send', reason, message, cause });
  }
}
