import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Claim } from '../../common/idempotency/index.js';

export const IS_IDEMPOTENT = Symbol('fanfare:idempotent');

declare module 'fastify' {
  interface FastifyRequest {
    /** Present while a request with an Idempotency-Key is carried out. */
    idempotency?: Claim;
  }
}

/** For every POST that creates or triggers something: repeated with the same Idempotency-Key it gets the first answer. */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    SetMetadata(IS_IDEMPOTENT, true),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Names this request, up to 255 printable characters. Sent again within 24 hours, it gets the stored answer with `Idempotent-Replayed: true`; while it is still running 409; with another body 422. Answers 5xx and 429 are not stored.',
      schema: { type: 'string', maxLength: 255 },
    }),
  );
}

/** The claim of the request's Idempotency-Key; null when it has none. */
export const CurrentClaim = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Claim | null =>
    context.switchToHttp().getRequest<FastifyRequest>().idempotency ?? null,
);
