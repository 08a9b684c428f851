import { AppConfig } from '../../common/config/index.js';
import {
  endOf,
  OAuth2Connector,
  OAuthClient,
  PlatformConnector,
  PublishError,
  textAt,
  type AccountCheck,
  type AccountRef,
  type ConnectableAccount,
  type Credentials,
  type OAuth2Spec,
  type OAuthApp,
  type OAuthGrant,
} from '../core/index.js';
import { googleLogin } from '../families/google/index.js';
import { GoogleBusinessDirectory, type ReachedLocation } from './google-business.directory.js';
import { googleBusinessErrors } from './google-business.errors.js';

/** A login gives every location that takes posts. All of them share it. */
@PlatformConnector('google-business')
export class GoogleBusinessConnector extends OAuth2Connector {
  constructor(
    oauth: OAuthClient,
    private readonly directory: GoogleBusinessDirectory,
    private readonly config: AppConfig,
  ) {
    super(oauth);
  }

  protected override specFor(): OAuth2Spec {
    return googleLogin({
      platform: 'google-business',
      hosts: this.config.platform('google-business').hosts,
      scopes: ['business.manage'],
      errors: googleBusinessErrors,
    });
  }

  protected override async listAccounts(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const locations = await this.directory.locations(grant.token.accessToken);
    const usable = locations.filter(({ takesPosts }) => takesPosts);
    if (usable.length === 0) throw noLocations(locations.length);
    const credentials = this.credentialsOf(grant);
    const expiresAt = endOf(grant.token);
    return usable.map((location) => ({
      externalId: location.name,
      ...profileOf(location),
      credentials,
      expiresAt,
    }));
  }

  override async check({ externalId, metadata }: AccountRef, { values }: Credentials): Promise<AccountCheck> {
    const account = textAt(metadata, 'account') ?? '';
    const locations = await this.directory.locationsOf(values['accessToken'] ?? '', account);
    const location = locations.find(({ name }) => name === externalId);
    if (location === undefined) throw noLongerThere();
    return profileOf({ ...location, account });
  }

  /** Google forgets a login with all its locations or not at all: it is told only when it has no other. */
  override async revoke(account: AccountRef, credentials: Credentials, app: OAuthApp | null): Promise<void> {
    const locations = await this.directory.locations(credentials.values['accessToken'] ?? '');
    const others = locations.some(({ name, takesPosts }) => takesPosts && name !== account.externalId);
    if (!others) await super.revoke(account, credentials, app);
  }
}

function profileOf({ title, address, account, mapsUri }: ReachedLocation): AccountCheck {
  return { displayName: title, handle: address, avatarUrl: null, metadata: { account, mapsUri } };
}

function noLocations(seen: number): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'google-business.no_locations',
    message:
      seen === 0
        ? 'This login manages no business profile.'
        : `None of the ${seen} business profiles of this login takes posts.`,
    remedy: 'Verify the profile at business.google.com, or log in as one of its owners or managers.',
  });
}

function noLongerThere(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'google-business.location_gone',
    message: 'The login does not manage this location any more.',
    remedy: 'Make the person a manager again, or let another manager connect the location.',
  });
}
