import { type AppLogger } from '../logging/index.js';
import { PROBLEM_CONTENT_TYPE, type ProblemRequest, toProblem } from './problem.js';

/** As much of a Fastify reply as is needed. */
export interface ProblemReply {
  readonly sent: boolean;
  readonly raw: { readonly headersSent: boolean };
  status(code: number): unknown;
  header(name: string, value: string): unknown;
  send(...payload: unknown[]): unknown;
}

export type ProblemSender = (error: unknown, request: ProblemRequest, reply: ProblemReply) => void;

/**
 * Answers with a problem document: for Fastify's `frameworkErrors` (a malformed URL never reaches Nest), its
 * `setErrorHandler` and `setNotFoundHandler`, and for raw routes. What is unexpected is logged with its cause.
 */
export function createProblemSender(logger: AppLogger): ProblemSender {
  const log = logger.named('Problem');
  return (error, request, reply) => {
    const { document, headers, unexpected } = toProblem(error, request);
    const { code, status, requestId, instance } = document;
    if (unexpected) log.error('request failed', { err: error, code, status, requestId, instance });
    if (reply.sent || reply.raw.headersSent) return;
    reply.status(status);
    reply.header('content-type', PROBLEM_CONTENT_TYPE);
    reply.header('x-request-id', requestId);
    for (const [name, value] of Object.entries(headers)) reply.header(name, value);
    reply.send(JSON.stringify(document));
  };
}
