import type { FastifyRequest } from 'fastify';
import { stableHash } from '../../common/crypto/index.js';
import { ValidationFailedError } from '../../common/errors/index.js';
import type { NamedRequest } from '../../common/idempotency/index.js';

const format = /^[\x20-\x7e]{1,255}$/;

/** Null when the request names no key. Throws ValidationFailedError for a key that is none. */
export function namedRequestOf(request: FastifyRequest): NamedRequest | null {
  const given = request.headers['idempotency-key'];
  if (given === undefined) return null;
  const key = typeof given === 'string' ? given.trim() : '';
  if (!format.test(key)) throw invalidKey();
  const [path = ''] = request.url.split('?');
  return { key, route: `${request.method} ${path}`, bodyHash: bodyHashOf(request) };
}

/** Uploads are streams, which cannot be read twice: their length stands for them. */
function bodyHashOf({ body, headers }: FastifyRequest): string {
  return stableHash(body === undefined ? { length: headers['content-length'] ?? null } : { body });
}

function invalidKey(): ValidationFailedError {
  return new ValidationFailedError(
    [
      {
        pointer: '',
        rule: 'idempotency_key_invalid',
        message: 'The Idempotency-Key is empty, too long, or holds characters that no header may.',
        limit: 255,
        remedy: 'Send up to 255 printable ASCII characters, such as a UUID.',
      },
    ],
    { code: 'idempotency_key_invalid' },
  );
}
