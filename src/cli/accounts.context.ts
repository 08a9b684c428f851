import { type INestApplicationContext, Module, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { entities } from '../app.module.js';
import { ConfigModule, readProcessEnv, withLocalKeys } from '../common/config/index.js';
import { DatabaseModule } from '../common/database/index.js';
import { EventsModule } from '../common/events/index.js';
import { AccountsModule } from '../modules/accounts/index.js';
import { platformConfigSpecs } from '../platforms/index.js';

@Module({})
class AccountsCliModule {}

/** Runs a command with the accounts module on the configured database, without server, queue or relay. */
export async function withAccounts<T>(work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  const { env } = withLocalKeys(readProcessEnv());
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a class that Nest does not export
  const options: NestApplicationOptions = { logger: ['error', 'fatal'], abortOnError: false };
  const app = await NestFactory.createApplicationContext(
    {
      module: AccountsCliModule,
      imports: [
        ConfigModule.forRoot({ env, platformSpecs: platformConfigSpecs }),
        DatabaseModule.forRoot(entities),
        EventsModule.forRoot({ running: false }),
        AccountsModule,
      ],
    },
    options,
  );
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
