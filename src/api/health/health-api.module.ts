import { type DynamicModule, Module } from '@nestjs/common';
import { LoggingModule } from '../../common/logging/index.js';
import { EXPECTED_MIGRATIONS } from './expected-migrations.js';
import { HealthController } from './health.controller.js';
import { ReadinessService } from './readiness.service.js';

export interface HealthOptions {
  /** Names of the migrations that the program was written for. */
  readonly migrations: readonly string[];
}

/** What a supervisor or load balancer asks; served in every role. */
@Module({})
export class HealthApiModule {
  static forRoot({ migrations }: HealthOptions): DynamicModule {
    return {
      module: HealthApiModule,
      imports: [LoggingModule],
      providers: [ReadinessService, { provide: EXPECTED_MIGRATIONS, useValue: migrations }],
      controllers: [HealthController],
    };
  }
}
