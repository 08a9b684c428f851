import { IdempotencyKeyEntity } from './entities/idempotency-key.entity.js';

export { IdempotencyModule } from './idempotency.module.js';
export type { NamedRequest } from './idempotency.repository.js';
export {
  type Begun,
  type Claim,
  IdempotencyInProgressError,
  IdempotencyService,
} from './idempotency.service.js';
export { IdempotencySweep } from './idempotency.sweep.js';
export type { StoredAnswer } from './stored-answer.js';

export const idempotencyEntities = [IdempotencyKeyEntity];
