import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource, UnitOfWork } from '../../../src/common/database/index.js';
import { newId } from '../../../src/common/ids/index.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import type { Row } from '../../support/query.js';

/** Units of work on a database of their own, with the engine's login. */
export class DatabaseFixture {
  readonly unitOfWork: UnitOfWork;

  private constructor(
    readonly database: TestDatabase,
    readonly dataSource: DataSource,
  ) {
    this.unitOfWork = new UnitOfWork(dataSource);
  }

  static async start(poolSize = 10): Promise<DatabaseFixture> {
    Logger.overrideLogger(false); // what is logged on failures is not what is tested
    const database = await createTestDatabase();
    const dataSource = createDataSource({ url: database.appUrl, entities: [], poolSize });
    await dataSource.initialize();
    return new DatabaseFixture(database, dataSource);
  }

  async stop(): Promise<void> {
    await this.dataSource.destroy();
    await this.database.drop();
  }

  /** A workspace with one brand of that name. */
  async workspace(brand: string): Promise<string> {
    const id = newId();
    await this.rows(`INSERT INTO workspaces (id, name) VALUES ($1, 'Test')`, [id]);
    await this.unitOfWork.run(id, () => this.addBrand(brand));
    return id;
  }

  /** In the open unit of work. */
  async addBrand(name: string): Promise<void> {
    await this.unitOfWork.manager.query('INSERT INTO brands (workspace_id, id, name) VALUES ($1, $2, $3)', [
      this.unitOfWork.workspaceId,
      newId(),
      name,
    ]);
  }

  /** In the open unit of work. */
  async brands(): Promise<string[]> {
    const rows = await this.unitOfWork.manager.query<{ name: string }[]>(
      'SELECT name FROM brands ORDER BY name',
    );
    return rows.map(({ name }) => name);
  }

  /** What a superuser sees. */
  rows(statement: string, parameters?: unknown[]): Promise<Row[]> {
    return this.database.rows(statement, parameters);
  }

  /** A connection as the engine's login, without a unit of work. */
  async bare<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.database.appUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
