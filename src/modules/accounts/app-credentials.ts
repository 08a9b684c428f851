import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { Cipher } from '../../common/crypto/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError, NotFoundError } from '../../common/errors/index.js';
import { PlatformRegistry, recordAt, textAt, type OAuthApp } from '../../platforms/core/index.js';
import { AppCredentialRepository } from './app-credential.repository.js';
import { AuditLog } from './audit.log.js';
import type { Caller } from './caller.js';
import type { AppCredentialEntity } from './entities/app-credential.entity.js';

/** Where the app of a platform comes from. */
export const appSources = ['workspace', 'environment', 'none', 'not_needed'] as const;
export type AppSource = (typeof appSources)[number];

/** What may be shown of an app. */
export interface AppCredentialsView {
  readonly source: AppSource;
  readonly clientId: string | null;
  /** When the workspace's own was put there. */
  readonly updatedAt: Date | null;
}

/** The apps that platforms know us by: the workspace's own before the one of the environment. Secrets only go out to connectors. */
@Injectable()
export class AppCredentials {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: AppConfig,
    private readonly platforms: PlatformRegistry,
    private readonly rows: AppCredentialRepository,
    private readonly cipher: Cipher,
    private readonly audit: AuditLog,
  ) {}

  /** Null where the platform needs no app, or none is configured. Opens a unit of work. */
  async resolve(workspaceId: string, platform: string): Promise<OAuthApp | null> {
    if (!this.isNeeded(platform)) return null;
    const own = await this.unitOfWork.run(workspaceId, () => this.rows.find(platform));
    return own === null ? this.configured(platform) : this.open(own);
  }

  /** Inside the open unit of work. */
  async describe(platform: string): Promise<AppCredentialsView> {
    if (!this.isNeeded(platform)) return { source: 'not_needed', clientId: null, updatedAt: null };
    const own = await this.rows.find(platform);
    if (own !== null) return { source: 'workspace', clientId: own.clientId, updatedAt: own.updatedAt };
    const app = this.configured(platform);
    return {
      source: app === null ? 'none' : 'environment',
      clientId: app?.clientId ?? null,
      updatedAt: null,
    };
  }

  /**
   * @throws NotFoundError when there is no such platform.
   */
  get(workspaceId: string, platform: string): Promise<AppCredentialsView> {
    this.platforms.get(platform);
    return this.unitOfWork.run(workspaceId, () => this.describe(platform));
  }

  /** @throws ConflictError when the platform knows no apps. */
  put(caller: Caller, platform: string, app: OAuthApp): Promise<AppCredentialsView> {
    this.assertNeeded(platform);
    const { clientId, clientSecret, extra } = app;
    const secrets = JSON.stringify({ clientSecret, extra });
    return this.unitOfWork.run(caller.workspaceId, async () => {
      const sealed = this.cipher.encrypt(secrets, associatedData(caller.workspaceId, platform, clientId));
      await this.rows.put(platform, clientId, sealed);
      await this.record(caller, 'app-credentials.set', platform);
      return this.describe(platform);
    });
  }

  /** @throws NotFoundError when the workspace has none of its own. */
  remove(caller: Caller, platform: string): Promise<void> {
    this.assertNeeded(platform);
    return this.unitOfWork.run(caller.workspaceId, async () => {
      if (!(await this.rows.remove(platform))) {
        throw new NotFoundError('The workspace has no app credentials of its own for this platform.', {
          code: 'app_credentials_not_found',
        });
      }
      await this.record(caller, 'app-credentials.removed', platform);
    });
  }

  private isNeeded(platform: string): boolean {
    const { descriptor } = this.platforms.get(platform).connector;
    return descriptor.method === 'oauth2' && descriptor.needsApp;
  }

  private assertNeeded(platform: string): void {
    if (this.isNeeded(platform)) return;
    throw new ConflictError('This platform needs no app: accounts are connected without one.', {
      code: 'app_credentials_not_needed',
      details: { remedy: 'Connect an account; GET /api/v1/platforms says how.' },
    });
  }

  private configured(platform: string): OAuthApp | null {
    const { clientId, clientSecret, appExtra } = this.config.platform(platform);
    return clientId === null || clientSecret === null ? null : { clientId, clientSecret, extra: appExtra };
  }

  private open({ workspaceId, platform, clientId, keyId, nonce, ciphertext }: AppCredentialEntity): OAuthApp {
    const aad = associatedData(workspaceId, platform, clientId);
    const value: unknown = JSON.parse(this.cipher.decryptText({ keyId, nonce, ciphertext }, aad));
    const extra = Object.entries(recordAt(value, 'extra') ?? {}).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, text] as const] : [],
    );
    return { clientId, clientSecret: textAt(value, 'clientSecret') ?? '', extra: Object.fromEntries(extra) };
  }

  private record({ keyId }: Caller, action: string, platform: string): Promise<void> {
    return this.audit.record({ keyId, action, subjectType: 'platform', subjectId: platform });
  }
}

function associatedData(workspaceId: string, platform: string, clientId: string): string {
  return `app-credentials/${workspaceId}/${platform}/${clientId}`;
}
