import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_CONTENT_TYPE, toProblem } from '../../common/http/index.js';
import type { StoredAnswer } from '../../common/idempotency/index.js';

/** What a client needs again besides the body. */
const kept = ['etag', 'location', 'preference-applied'];

/** What may be different the next time is not kept. */
export function isWorthKeeping(status: number): boolean {
  return status < 500 && status !== 429;
}

export function answerOfValue(value: unknown, reply: FastifyReply): StoredAnswer {
  const headers: Record<string, string> = {};
  for (const name of kept) {
    const set = reply.getHeader(name);
    if (set !== undefined) headers[name] = String(set);
  }
  const status = reply.statusCode;
  if (value === undefined || value === null) return { status, headers, body: null };
  headers['content-type'] = 'application/json; charset=utf-8';
  return { status, headers, body: JSON.stringify(value) };
}

export function answerOfError(error: unknown, request: FastifyRequest): StoredAnswer {
  const { document, headers } = toProblem(error, request);
  return {
    status: document.status,
    headers: { ...headers, 'content-type': PROBLEM_CONTENT_TYPE },
    body: JSON.stringify(document),
  };
}
