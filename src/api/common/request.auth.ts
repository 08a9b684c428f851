import type { FastifyRequest } from 'fastify';
import { UnauthorizedError } from '../../common/errors/index.js';
import type { AuthenticatedKey } from '../../modules/accounts/index.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whom the request's API key speaks for; absent on public routes. */
    auth?: AuthenticatedKey;
  }
}

export function authOf(request: FastifyRequest): AuthenticatedKey {
  if (request.auth === undefined) throw new UnauthorizedError();
  return request.auth;
}
