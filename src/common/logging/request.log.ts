import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type IncomingMessage } from 'node:http';
import { newId } from '../ids/index.js';
import { type AppLogger } from './app.logger.js';
import { runWithCorrelation } from './correlation.js';

const ACCEPTABLE = /^[\w.:-]{1,128}$/;

/**
 * The id of a request: what the client sent as X-Request-Id when it looks like an id, else a new one. For Fastify's
 * option `genReqId`, so that `request.id` is the correlation id.
 */
export function requestIdOf(raw: Pick<IncomingMessage, 'headers'>): string {
  const given = raw.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : newId();
}

/**
 * Answers with X-Request-Id, runs each request under its correlation id, and logs one line per request: method,
 * path without query, status and milliseconds; no headers, no bodies.
 */
export function logRequests(fastify: FastifyInstance, logger: AppLogger): void {
  const log = logger.named('Http');
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    runWithCorrelation(request.id, done);
  });
  // Reading a body ends in the socket's context; this comes back to the request's.
  fastify.addHook('preValidation', (request, _reply, done) => {
    runWithCorrelation(request.id, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const fields = { ...about(request), status: reply.statusCode, durationMs: Math.round(reply.elapsedTime) };
    runWithCorrelation(request.id, () => {
      log.log('request', fields);
    });
    done();
  });
  fastify.addHook('onRequestAbort', (request, done) => {
    runWithCorrelation(request.id, () => {
      log.warn('request aborted by the client', about(request));
    });
    done();
  });
}

function about(request: FastifyRequest): { method: string; path: string; route: string | null } {
  const [path = ''] = request.url.split('?');
  return { method: request.method, path, route: request.routeOptions.url ?? null };
}
