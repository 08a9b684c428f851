import { Test, type TestingModule } from '@nestjs/testing';
import { ConfigModule } from '../../../src/common/config/index.js';
import { DatabaseModule, UnitOfWork } from '../../../src/common/database/index.js';
import { eventEntities, EventsModule } from '../../../src/common/events/index.js';
import {
  accountsEntities,
  AccountsModule,
  ApiKeyService,
  ConnectService,
  type AccountView,
  type Caller,
} from '../../../src/modules/accounts/index.js';
import { Delay } from '../../../src/modules/accounts/delay.js';
import type { ConnectableAccount } from '../../../src/platforms/core/index.js';
import { newId } from '../../../src/common/ids/index.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import type { Row } from '../../support/query.js';
import { FakePlatformsModule, FormyConnector, OauthyConnector } from './fake.platforms.js';

/** Waits for nothing; tests say what happens meanwhile. */
export class FakeDelay extends Delay {
  waits = 0;
  meanwhile: () => Promise<void> = () => Promise.resolve();

  override async wait(): Promise<void> {
    this.waits += 1;
    await this.meanwhile();
  }
}

/** The accounts module on a database of its own, with two platforms that do what they are told. */
export class AccountsFixture {
  private constructor(
    readonly database: TestDatabase,
    readonly module: TestingModule,
    readonly delay: FakeDelay,
  ) {}

  static async start(): Promise<AccountsFixture> {
    const database = await createTestDatabase();
    const env = {
      DATABASE_URL: database.appUrl,
      FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      FANFARE_SIGNING_KEY: Buffer.alloc(32, 2).toString('base64'),
    };
    const delay = new FakeDelay();
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot({ env }),
        DatabaseModule.forRoot([...eventEntities, ...accountsEntities]),
        EventsModule.forRoot({ running: false }),
        FakePlatformsModule,
        AccountsModule,
      ],
    })
      .overrideProvider(Delay)
      .useValue(delay)
      .compile();
    await module.init();
    return new AccountsFixture(database, module, delay);
  }

  async stop(): Promise<void> {
    await this.module.close();
    await this.database.drop();
  }

  get formy(): FormyConnector {
    return this.module.get(FormyConnector, { strict: false });
  }

  get oauthy(): OauthyConnector {
    return this.module.get(OauthyConnector, { strict: false });
  }

  get connect(): ConnectService {
    return this.module.get(ConnectService, { strict: false });
  }

  get unitOfWork(): UnitOfWork {
    return this.module.get(UnitOfWork, { strict: false });
  }

  /** A workspace of its own with a key. */
  async workspace(): Promise<Caller> {
    const workspaceId = newId();
    await this.rows(`INSERT INTO workspaces (id, name) VALUES ($1, 'Test')`, [workspaceId]);
    const { key } = await this.module
      .get(ApiKeyService, { strict: false })
      .create({ workspaceId, keyId: null }, { name: 'Test', scopes: ['admin'], expiresAt: null });
    return { workspaceId, keyId: key.id };
  }

  /** Connects through the form. */
  async connectForm(caller: Caller, externalId: string, token: string): Promise<AccountView> {
    this.formy.choices = [choice(externalId, token)];
    const { sessionId } = await this.connect.start(caller, 'formy', {});
    await this.connect.complete(caller, sessionId, { credentials: { handle: 'anna', token } });
    const { accounts } = await this.connect.select(caller, sessionId, [externalId]);
    const [account] = accounts ?? [];
    if (account === undefined) throw new Error('nothing was connected');
    return account;
  }

  /** What a superuser sees. */
  rows(statement: string, parameters?: unknown[]): Promise<Row[]> {
    return this.database.rows(statement, parameters);
  }

  async events(workspaceId: string): Promise<string[]> {
    const rows = await this.rows(`SELECT type FROM outbox WHERE workspace_id = $1 ORDER BY position`, [
      workspaceId,
    ]);
    return rows.map(({ type }) => String(type).replace('accounts.account-', ''));
  }

  async audit(workspaceId: string): Promise<Row[]> {
    return this.rows(
      `SELECT action, key_id, subject_type, subject_id FROM audit_entries WHERE workspace_id = $1 ORDER BY id`,
      [workspaceId],
    );
  }

  /** Moves the clock of the database. */
  async setClockOffset(milliseconds: number): Promise<void> {
    await this.rows(`UPDATE fanfare.clock_offset SET milliseconds = $1`, [milliseconds]);
  }
}

export function choice(externalId: string, token: string): ConnectableAccount {
  return {
    externalId,
    displayName: `Account ${externalId}`,
    handle: `@${externalId}`,
    avatarUrl: null,
    metadata: { server: 'https://example.test' },
    credentials: { token, refreshToken: `refresh-${token}` },
    expiresAt: null,
  };
}
