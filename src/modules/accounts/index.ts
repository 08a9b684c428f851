import { AccountCredentialEntity } from './entities/account-credential.entity.js';
import { AccountEntity } from './entities/account.entity.js';
import { ApiKeyEntity } from './entities/api-key.entity.js';
import { AppCredentialEntity } from './entities/app-credential.entity.js';
import { AuditEntryEntity } from './entities/audit-entry.entity.js';
import { BrandEntity } from './entities/brand.entity.js';
import { ConnectSessionEntity } from './entities/connect-session.entity.js';
import { WorkspaceEntity } from './entities/workspace.entity.js';

export type { CheckResult } from './account.checker.js';
export { AccountDirectory } from './account.directory.js';
export {
  accountStates,
  type AccountFilter,
  type AccountPage,
  type AccountState,
  type AccountView,
} from './account.view.js';
export { PlatformUnavailableError, toDomainError as platformFailure } from './accounts.failures.js';
export { AccountOptions } from './account.options.js';
export { AccountsModule } from './accounts.module.js';
export { AccountsService } from './accounts.service.js';
export { apiKeyScopes, grantsScope, type ApiKeyScope } from './api-key.js';
export type { ApiKeyInput } from './api-key.repository.js';
export {
  ApiKeyService,
  type ApiKeyView,
  type AuthenticatedKey,
  type CreatedApiKey,
} from './api-key.service.js';
export { AppCredentials, appSources, type AppCredentialsView, type AppSource } from './app-credentials.js';
export { AuditLog, type AuditRecord } from './audit.log.js';
export { type AuditedChange, AuditReader, type AuditSubject } from './audit.reader.js';
export { type BrandPage, BrandsService, type BrandView, unknownBrand } from './brands.service.js';
export type { Caller } from './caller.js';
export { ConnectService } from './connect.service.js';
export {
  connectStatuses,
  type ConnectChoice,
  type ConnectCompletion,
  type ConnectSessionView,
  type ConnectStart,
  type ConnectStatus,
} from './connect.session.js';
export type { RenewalOutcome } from './credential.renewal.js';
export { type LookedAfter, LoginSweep } from './login.sweep.js';
export { CredentialVault } from './credential.vault.js';
export { callbackPath } from './redirect.uri.js';
export { WorkspaceService, type FirstWorkspace } from './workspace.service.js';

export const accountsEntities = [
  WorkspaceEntity,
  ApiKeyEntity,
  BrandEntity,
  AccountEntity,
  AccountCredentialEntity,
  ConnectSessionEntity,
  AppCredentialEntity,
  AuditEntryEntity,
];
