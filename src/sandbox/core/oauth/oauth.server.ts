import type { Operation } from '../operation.js';
import { bearerOf, type SandboxRequest } from '../request.js';
import type { TokenAction } from '../simulator.js';
import { authorizeOperations } from './oauth.authorize.js';
import { OAuthStore, type NewToken, type TokenCheck } from './oauth.store.js';
import { tokenOperations } from './oauth.token.js';
import type { IssuedToken, OAuthServerOptions } from './oauth.types.js';

/**
 * The OAuth2 of a simulated platform: consent page, token and revoke endpoints as operations, and the tokens that its other
 * operations ask about. Lifetimes run by the sandbox's clock.
 */
export class OAuthServer {
  private readonly store: OAuthStore;

  constructor(
    private readonly options: OAuthServerOptions,
    /** Base URL of a host of the simulator: `environment.url`. */
    private readonly url: (host?: string) => string,
  ) {
    this.store = new OAuthStore(options);
  }

  operations(): Operation[] {
    const { host, path } = this.options.authorize;
    const actionUrl = (): string => `${this.url(host ?? undefined)}${path}`;
    return [
      ...authorizeOperations(this.options, this.store, actionUrl),
      ...tokenOperations(this.options, this.store),
    ];
  }

  /** The token of the header `Authorization: Bearer`. */
  checkBearer(request: SandboxRequest): TokenCheck {
    return this.store.check(bearerOf(request));
  }

  check(access: string | undefined): TokenCheck {
    return this.store.check(access);
  }

  /** A token outside the usual grants: a long-lived one, a page's, one that a test begins with. */
  issue(wanted: NewToken): IssuedToken {
    return this.store.issue(wanted);
  }

  end(accountId: string, action: TokenAction): void {
    this.store.end(accountId, action);
  }

  reset(): void {
    this.store.reset();
  }

  /** The environment that makes Fanfare this app: of the first of the apps. */
  environment(platform: string): Record<string, string> {
    const [app] = this.options.apps;
    const prefix = `PLATFORM_${platform.toUpperCase().replaceAll('-', '_')}`;
    return app === undefined
      ? {}
      : { [`${prefix}_CLIENT_ID`]: app.clientId, [`${prefix}_CLIENT_SECRET`]: app.clientSecret };
  }
}
