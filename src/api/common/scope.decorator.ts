import { SetMetadata } from '@nestjs/common';
import type { ApiKeyScope } from '../../modules/accounts/index.js';

export const NEEDED_SCOPE = Symbol('fanfare:scope');

/** What a key must be allowed to. Without it: `read` for GET and HEAD, `write` for everything else. */
export function NeedsScope(scope: ApiKeyScope): ClassDecorator & MethodDecorator {
  return SetMetadata(NEEDED_SCOPE, scope);
}
