import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { UnauthorizedError } from '../../common/errors/index.js';
import type { Caller } from '../../modules/accounts/index.js';
import { isRecord, textAt } from '../../platforms/core/index.js';

/** The workspace and the key of the request, as the guard found them. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const request: unknown = context.switchToHttp().getRequest();
  const auth = isRecord(request) ? request['auth'] : null;
  const workspaceId = textAt(auth, 'workspaceId');
  if (workspaceId === null) throw new UnauthorizedError();
  return { workspaceId, keyId: textAt(auth, 'keyId') };
});
