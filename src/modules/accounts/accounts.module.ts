import { Module } from '@nestjs/common';
import { CryptoModule } from '../../common/crypto/index.js';
import { PlatformsCoreModule } from '../../platforms/core/index.js';
import { AccountChecker } from './account.checker.js';
import { AccountDirectory } from './account.directory.js';
import { AccountExpiry } from './account.expiry.js';
import { AccountOptions } from './account.options.js';
import { AccountRepository } from './account.repository.js';
import { AccountsService } from './accounts.service.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { ApiKeyService } from './api-key.service.js';
import { AppCredentialRepository } from './app-credential.repository.js';
import { AppCredentials } from './app-credentials.js';
import { AuditLog } from './audit.log.js';
import { AuditReader } from './audit.reader.js';
import { AuditRepository } from './audit.repository.js';
import { BrandRepository } from './brand.repository.js';
import { BrandsService } from './brands.service.js';
import { ConnectCompleter } from './connect.completer.js';
import { ConnectReader } from './connect.reader.js';
import { ConnectRepository } from './connect.repository.js';
import { ConnectSealer } from './connect.sealer.js';
import { ConnectSelector } from './connect.selector.js';
import { ConnectService } from './connect.service.js';
import { ConnectorCalls } from './connector.calls.js';
import { CredentialRenewal } from './credential.renewal.js';
import { CredentialRepository } from './credential.repository.js';
import { CredentialSealer } from './credential.sealer.js';
import { CredentialStore } from './credential.store.js';
import { CredentialVault } from './credential.vault.js';
import { Delay } from './delay.js';
import { LoginRepository } from './login.repository.js';
import { LoginSweep } from './login.sweep.js';
import { LoginSweepRunner } from './login.sweep.runner.js';
import { SharedLogin } from './shared.login.js';
import { WorkspaceRepository } from './workspace.repository.js';
import { WorkspaceService } from './workspace.service.js';

const repositories = [
  AccountRepository,
  ApiKeyRepository,
  AppCredentialRepository,
  AuditRepository,
  BrandRepository,
  ConnectRepository,
  CredentialRepository,
  LoginRepository,
  WorkspaceRepository,
];

const ports = [
  AccountDirectory,
  AccountOptions,
  AccountsService,
  ApiKeyService,
  AppCredentials,
  AuditLog,
  AuditReader,
  BrandsService,
  ConnectService,
  CredentialVault,
  LoginSweep,
  WorkspaceService,
];

/** Workspaces, API keys, accounts, and the only place where their credentials are opened. */
@Module({
  imports: [CryptoModule, PlatformsCoreModule],
  providers: [
    ...repositories,
    ...ports,
    AccountChecker,
    AccountExpiry,
    ConnectCompleter,
    ConnectReader,
    ConnectSealer,
    ConnectSelector,
    ConnectorCalls,
    CredentialRenewal,
    CredentialSealer,
    CredentialStore,
    Delay,
    LoginSweepRunner,
    SharedLogin,
  ],
  exports: ports,
})
export class AccountsModule {}
