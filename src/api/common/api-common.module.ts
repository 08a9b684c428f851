import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { createValidationPipe, ProblemFilter } from '../../common/http/index.js';
import { IdempotencyModule } from '../../common/idempotency/index.js';
import { LoggingModule } from '../../common/logging/index.js';
import { AccountsModule } from '../../modules/accounts/index.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/** What holds for every route of the application: API keys, validation, idempotency, problem documents. */
@Module({
  imports: [AccountsModule, IdempotencyModule, LoggingModule],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: ApiKeyGuard },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_PIPE, useFactory: createValidationPipe },
  ],
})
export class ApiCommonModule {}
