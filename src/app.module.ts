import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { migrations } from '../migrations/index.js';
import { AccountsApiModule } from './api/accounts/index.js';
import { ApiCommonModule } from './api/common/index.js';
import { DeadLettersApiModule } from './api/dead-letters/index.js';
import { HealthApiModule } from './api/health/index.js';
import { BrandsApiModule } from './api/brands/index.js';
import { HoldsApiModule } from './api/holds/index.js';
import { MediaApiModule } from './api/media/index.js';
import { PlansApiModule } from './api/plans/index.js';
import { PlatformsApiModule } from './api/platforms/index.js';
import { PostsApiModule } from './api/posts/index.js';
import { PublicationsApiModule } from './api/publications/index.js';
import { ClockModule } from './common/clock/index.js';
import { ConfigModule, type Env, parseConfig } from './common/config/index.js';
import { CryptoModule } from './common/crypto/index.js';
import { DatabaseModule, type EntityClass, type MigrationClass } from './common/database/index.js';
import { eventEntities, EventsModule } from './common/events/index.js';
import { HttpModule } from './common/http/index.js';
import { idempotencyEntities } from './common/idempotency/index.js';
import { LoggingModule } from './common/logging/index.js';
import { type JobQueue, QueueModule } from './common/queue/index.js';
import { accountsEntities, AccountsModule } from './modules/accounts/index.js';
import { contentEntities, ContentModule } from './modules/content/index.js';
import { makeRendition, mediaEntities, mediaJobs, MediaModule } from './modules/media/index.js';
import { publishingEntities, publishingJobs, PublishingModule } from './modules/publishing/index.js';
import { schedulingEntities, SchedulingModule } from './modules/scheduling/index.js';
import { PlatformsCoreModule } from './platforms/core/index.js';
import type { Platforms } from './platforms/installed.js';

export interface AppOptions {
  /** Mostly `withLocalKeys(readProcessEnv()).env`. */
  readonly env: Env;
  /** Mostly `await installedPlatforms(env)`. */
  readonly platforms: Platforms;
  /** False: nothing happens by itself; relay, sweeps and jobs are driven by hand. */
  readonly running: boolean;
  /** True: without the HTTP edge, for the command line. */
  readonly headless?: boolean;
  /** Replaces BullMQ. */
  readonly queueDriver?: JobQueue;
}

/** Every table of the application. */
export const entities: readonly EntityClass[] = [
  ...eventEntities,
  ...idempotencyEntities,
  ...accountsEntities,
  ...contentEntities,
  ...mediaEntities,
  ...schedulingEntities,
  ...publishingEntities,
];

const domainModules: readonly Type<object>[] = [
  AccountsModule,
  ContentModule,
  MediaModule,
  SchedulingModule,
  PublishingModule,
];

const apiModules: readonly Type<object>[] = [
  AccountsApiModule,
  PlatformsApiModule,
  MediaApiModule,
  PostsApiModule,
  PlansApiModule,
  PublicationsApiModule,
  DeadLettersApiModule,
  BrandsApiModule,
  HoldsApiModule,
];

/** The whole engine. Which part of it works is the role's decision; a worker or scheduler serves its health only. */
@Module({})
export class AppModule {
  /** @throws ConfigError with every problem at once. */
  static forRoot({ env, platforms, running, headless, queueDriver }: AppOptions): DynamicModule {
    const { role, workerConcurrency, renditionConcurrency } = parseConfig(env, platforms.configSpecs);
    const servesApi = headless !== true && (role === 'all' || role === 'api');
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot({ env, platformSpecs: platforms.configSpecs }),
        ClockModule,
        CryptoModule,
        LoggingModule,
        HttpModule,
        DatabaseModule.forRoot(entities, { waits: headless !== true }),
        EventsModule.forRoot({ running }),
        QueueModule.forRoot({
          jobs: [...publishingJobs, ...mediaJobs],
          concurrency: workerConcurrency,
          concurrencyOf: { [makeRendition.queue]: renditionConcurrency },
          ...(queueDriver === undefined ? {} : { driver: queueDriver }),
        }),
        ...(running ? [ScheduleModule.forRoot()] : []),
        PlatformsCoreModule,
        ...platforms.modules,
        ...domainModules,
        ApiCommonModule,
        HealthApiModule.forRoot({ migrations: migrations.map(nameOf) }),
        ...(servesApi ? apiModules : []),
      ],
    };
  }
}

function nameOf(migration: MigrationClass): string {
  const { name } = new migration();
  if (name === undefined) throw new Error(`The migration ${migration.name} has no name.`);
  return name;
}
