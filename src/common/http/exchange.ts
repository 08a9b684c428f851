import { type Agent, type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http';
import { pipeline } from 'node:stream';
import { type RawAnswer, readAnswer } from './answer.reader.js';
import { type EncodedBody } from './body.encoder.js';
import { wholly } from './byte.source.js';
import { HttpTransportError, type TransportReason } from './http.errors.js';
import { type SendGate } from './outbound-scope.js';
import { type BuiltRequest } from './request.builder.js';

export interface Exchange {
  readonly built: BuiltRequest;
  readonly agent: Agent;
  readonly gate: SendGate;
  /** Aborted when the time for everything is over. */
  readonly timeUp: AbortSignal;
  readonly maxAnswerBytes: number;
}

/**
 * One request and its answer. Node writes nothing of a request before `write` or `end` is called, and these are called
 * only once there is a ready connection and the gate is open: a failure before that is `before_send` for certain,
 * every later one is `after_send`.
 * @throws HttpTransportError, NeverSentError
 */
export function exchange(options: Exchange): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    new Run(options, resolve, reject).start();
  });
}

class Run {
  private readonly request: ClientRequest;
  private settled = false;
  private sending = false;
  private status: number | null = null;

  constructor(
    private readonly options: Exchange,
    private readonly resolve: (answer: RawAnswer) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.request = openRequest(requestOptions(options));
  }

  start(): void {
    const { gate, timeUp } = this.options;
    gate.signal.addEventListener('abort', this.onAbort);
    timeUp.addEventListener('abort', this.onTimeUp);
    this.request.on('socket', this.onSocket).on('response', this.onResponse);
    this.request.on('error', this.onError).on('close', this.onClose);
    if (gate.signal.aborted) this.onAbort();
    else if (timeUp.aborted) this.onTimeUp();
  }

  /** A connection is ready: the last look at the gate, and in the same turn the first byte. */
  private readonly onSocket = (): void => {
    if (this.settled) return;
    try {
      this.options.gate.assertOpen();
    } catch (error) {
      this.settle(error instanceof Error ? error : new Error('the gate is closed', { cause: error }));
      return;
    }
    this.sending = true;
    send(this.request, this.options.built.body, (cause) => {
      this.fail('body_failed', cause.message, cause);
    });
  };

  private readonly onResponse = (response: IncomingMessage): void => {
    this.status = response.statusCode ?? null;
    const limits = { maxBytes: this.options.maxAnswerBytes, head: this.options.built.method === 'HEAD' };
    readAnswer(response, limits, this.settle);
  };

  private readonly onError = (cause: Error): void => {
    if (cause instanceof HttpTransportError) this.settle(cause);
    else this.fail(reasonOf(cause, this.status), 'the connection failed', cause);
  };

  private readonly onClose = (): void => {
    // Behind the head of an answer its reader tells what happened.
    if (this.status === null) this.fail('reset', 'the connection was closed without an answer');
  };

  private readonly onAbort = (): void => {
    this.fail('aborted', 'the request was aborted', this.options.gate.signal.reason);
  };

  private readonly onTimeUp = (): void => {
    this.fail('timeout', 'there was no whole answer in time');
  };

  private fail(reason: TransportReason, message: string, cause?: unknown): void {
    const phase = this.sending ? 'after_send' : 'before_send';
    const known = this.status === null ? {} : { status: this.status };
    this.settle(new HttpTransportError({ phase, reason, message, cause, ...known }));
  }

  private readonly settle = (result: RawAnswer | Error): void => {
    if (this.settled) return;
    this.settled = true;
    this.options.gate.signal.removeEventListener('abort', this.onAbort);
    this.options.timeUp.removeEventListener('abort', this.onTimeUp);
    const failed = result instanceof Error;
    if (failed || !this.request.writableFinished) this.request.destroy();
    if (failed) this.reject(result);
    else this.resolve(result);
  };
}

function requestOptions({ built, agent }: Exchange): Parameters<typeof openRequest>[1] & object {
  const { url, method, headers, body } = built;
  const sized = body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method);
  return {
    agent,
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port,
    path: url.pathname + url.search,
    headers: sized ? { ...headers, 'content-length': body.length } : { ...headers },
  };
}

function send(request: ClientRequest, body: EncodedBody, onBodyError: (error: Error) => void): void {
  const bytes = body.segments.filter((segment) => Buffer.isBuffer(segment));
  if (bytes.length === body.segments.length) {
    request.end(body.length === 0 ? undefined : Buffer.concat(bytes));
    return;
  }
  pipeline(piecesOf(body, onBodyError), request, () => undefined);
}

/** A body of another length or content than announced must not look like a whole one. */
async function* piecesOf(body: EncodedBody, onBodyError: (error: Error) => void): AsyncGenerator<Buffer> {
  try {
    for (const segment of body.segments) {
      if (Buffer.isBuffer(segment)) yield segment;
      else yield* wholly(segment);
    }
  } catch (cause) {
    onBodyError(new Error('the source of the body failed', { cause }));
  }
}

function reasonOf(error: Error, status: number | null): TransportReason {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'HPE_HEADER_OVERFLOW') return 'too_large';
  if (code.startsWith('HPE_')) return 'unreadable';
  return status === null ? 'reset' : 'truncated';
}
