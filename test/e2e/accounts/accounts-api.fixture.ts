import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { AccountsApiModule } from '../../../src/api/accounts/index.js';
import { ApiCommonModule, configureHttp, createHttpAdapter } from '../../../src/api/common/index.js';
import { PlatformCatalogue } from '../../../src/api/platforms/platform.catalogue.js';
import { PlatformsController } from '../../../src/api/platforms/platforms.controller.js';
import { ConfigModule } from '../../../src/common/config/index.js';
import { DatabaseModule } from '../../../src/common/database/index.js';
import { eventEntities, EventsModule } from '../../../src/common/events/index.js';
import { idempotencyEntities } from '../../../src/common/idempotency/index.js';
import { AppLogger } from '../../../src/common/logging/index.js';
import { accountsEntities, AccountsModule, WorkspaceService } from '../../../src/modules/accounts/index.js';
import {
  PlatformSwitches,
  PlatformSwitching,
  publishingEntities,
  type Switch,
} from '../../../src/modules/publishing/index.js';
import { PlatformsCoreModule } from '../../../src/platforms/core/index.js';
import {
  FakePlatformsModule,
  FormyConnector,
  OauthyConnector,
} from '../../integration/accounts/fake.platforms.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

type Method = 'get' | 'post' | 'patch' | 'delete';

/** The edge of accounts and platforms over real HTTP, with two platforms that do what they are told. */
export class AccountsApiFixture {
  private constructor(
    readonly database: TestDatabase,
    readonly app: NestFastifyApplication,
    readonly key: string,
  ) {}

  static async start(): Promise<AccountsApiFixture> {
    const database = await createTestDatabase();
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot({ env: envFor(database), platformSpecs: [spec('formy'), spec('oauthy')] }),
        DatabaseModule.forRoot([
          ...eventEntities,
          ...idempotencyEntities,
          ...accountsEntities,
          ...publishingEntities,
        ]),
        EventsModule.forRoot({ running: false }),
        PlatformsCoreModule,
        FakePlatformsModule,
        AccountsModule,
        ApiCommonModule,
        AccountsApiModule,
      ],
      controllers: [PlatformsController],
      providers: [
        PlatformCatalogue,
        PlatformSwitches,
        // Nothing is published here that could wait for a platform.
        {
          provide: PlatformSwitching,
          inject: [PlatformSwitches],
          useFactory: (switches: PlatformSwitches) => ({
            switch: (key: string, to: Switch) => switches.set(key, to),
          }),
        },
      ],
    }).compile();
    const logger = AppLogger.create('silent');
    const adapter = createHttpAdapter({ trustProxy: false }, logger);
    const app = module.createNestApplication<NestFastifyApplication>(adapter);
    app.useLogger(false);
    await configureHttp(app, logger);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const { apiKey } = await app.get(WorkspaceService, { strict: false }).ensureFirst();
    return new AccountsApiFixture(database, app, apiKey ?? '');
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  call(method: Method, path: string, body?: object, key = this.key): request.Test {
    const call = request(this.app.getHttpServer())[method](`/api/v1${path}`);
    if (key !== '') call.set('authorization', `Bearer ${key}`);
    return body === undefined ? call : call.send(body);
  }

  get formy(): FormyConnector {
    return this.app.get(FormyConnector, { strict: false });
  }

  get oauthy(): OauthyConnector {
    return this.app.get(OauthyConnector, { strict: false });
  }
}

function envFor(database: TestDatabase): Record<string, string> {
  return {
    DATABASE_URL: database.appUrl,
    LOG_LEVEL: 'silent',
    FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    FANFARE_SIGNING_KEY: Buffer.alloc(32, 2).toString('base64'),
  };
}

function spec(key: string) {
  return { key, hosts: [] };
}
