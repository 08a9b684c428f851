import { type INestApplicationContext, Module } from '@nestjs/common';
import { entities } from '../app.module.js';
import { ConfigModule, readProcessEnv, withLocalKeys } from '../common/config/index.js';
import { DatabaseModule } from '../common/database/index.js';
import { EventsModule } from '../common/events/index.js';
import { AccountsModule } from '../modules/accounts/index.js';
import { installedPlatforms } from '../platforms/installed.js';
import { withContext } from './with.context.js';

@Module({})
class AccountsCliModule {}

/** Runs a command with the accounts module on the configured database, without server, queue or relay. */
export async function withAccounts<T>(work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  const { env } = withLocalKeys(readProcessEnv());
  const { configSpecs } = await installedPlatforms(env);
  return withContext(
    {
      module: AccountsCliModule,
      imports: [
        ConfigModule.forRoot({ env, platformSpecs: configSpecs }),
        DatabaseModule.forRoot(entities),
        EventsModule.forRoot({ running: false }),
        AccountsModule,
      ],
    },
    work,
  );
}
