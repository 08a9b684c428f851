import { Module } from '@nestjs/common';
import { IdempotencyRepository } from './idempotency.repository.js';
import { IdempotencyService } from './idempotency.service.js';
import { IdempotencySweep } from './idempotency.sweep.js';

@Module({
  providers: [IdempotencyRepository, IdempotencyService, IdempotencySweep],
  exports: [IdempotencyService],
})
export class IdempotencyModule {}
