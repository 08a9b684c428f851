import { Module } from '@nestjs/common';
import { AccountsModule } from '../../modules/accounts/index.js';
import { AccountOptionsController } from './account-options.controller.js';
import { AccountsController } from './accounts.controller.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ConnectCallbackController } from './connect-callback.controller.js';
import { ConnectController } from './connect.controller.js';

/** The HTTP edge of accounts, connecting and API keys. */
@Module({
  imports: [AccountsModule],
  controllers: [
    ConnectCallbackController,
    ConnectController,
    AccountsController,
    AccountOptionsController,
    ApiKeysController,
  ],
})
export class AccountsApiModule {}
