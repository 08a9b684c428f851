import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  ServiceUnavailableException,
} from '@nestjs/common';
import { catchError, type Observable, throwError } from 'rxjs';
import { PlatformUnavailableError } from '../../modules/accounts/index.js';

/** A platform that does not answer is no failure of ours: 503, to be tried again. */
@Injectable()
export class PlatformOutageInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(catchError((error: unknown) => throwError(() => mapped(error))));
  }
}

function mapped(error: unknown): unknown {
  if (!(error instanceof PlatformUnavailableError)) return error;
  return new ServiceUnavailableException(error.message, { cause: error });
}
