import { ForbiddenError } from '../../common/errors/index.js';
import { type ApiKeyScope, grantsScope } from '../../modules/accounts/index.js';

/** What somebody without a scope can do about it. */
const remedies: Readonly<Record<ApiKeyScope, string>> = {
  read: 'Use a key with the scope read.',
  write: 'Use a key with the scope write.',
  admin: 'Use a key with the scope admin.',
  operator:
    'Use a key with the scope operator. Whoever runs the server makes one with `npm run keys -- create --scopes operator`.',
};

/** @throws ForbiddenError `scope_missing` */
export function assertScope(scopes: readonly ApiKeyScope[], needed: ApiKeyScope): void {
  if (grantsScope(scopes, needed)) return;
  throw new ForbiddenError(`This API key may not do that: the scope "${needed}" is needed.`, {
    code: 'scope_missing',
    details: { needed, scopes, remedy: remedies[needed] },
  });
}
