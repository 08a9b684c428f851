import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { UnauthorizedError } from '../../common/errors/index.js';
import { ApiKeyService, type ApiKeyScope } from '../../modules/accounts/index.js';
import { IS_PUBLIC } from './public.decorator.js';
import { assertScope } from './scope.check.js';
import { NEEDED_SCOPE } from './scope.decorator.js';
import './request.auth.js';

const reading = ['GET', 'HEAD', 'OPTIONS'];

/** Lets in who brings a valid API key that may do what the route does. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeyService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, places) === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = await this.keys.authenticate(bearerOf(request));
    if (key === null) {
      throw new UnauthorizedError('This API key is unknown, over, or was taken back.', {
        code: 'api_key_invalid',
      });
    }
    const needed =
      this.reflector.getAllAndOverride<ApiKeyScope | undefined>(NEEDED_SCOPE, places) ??
      (reading.includes(request.method) ? 'read' : 'write');
    assertScope(key.scopes, needed);
    request.auth = key;
    return true;
  }
}

function bearerOf({ headers: { authorization } }: FastifyRequest): string {
  if (authorization === undefined) throw new UnauthorizedError();
  if (!/^Bearer /i.test(authorization)) {
    throw new UnauthorizedError('Send the API key as "Authorization: Bearer <key>".');
  }
  return authorization;
}
