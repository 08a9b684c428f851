import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ApiKeyScope, Caller } from '../../modules/accounts/index.js';
import { authOf } from './request.auth.js';

/** The workspace and the key of the request, as the guard found them. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { workspaceId, keyId } = authOf(context.switchToHttp().getRequest<FastifyRequest>());
  return { workspaceId, keyId };
});

/** What the request's key may do. */
export const CurrentScopes = createParamDecorator(
  (_data: unknown, context: ExecutionContext): readonly ApiKeyScope[] =>
    authOf(context.switchToHttp().getRequest<FastifyRequest>()).scopes,
);

/** The id of the workspace that the request is for. */
export const CurrentWorkspace = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string =>
    authOf(context.switchToHttp().getRequest<FastifyRequest>()).workspaceId,
);
