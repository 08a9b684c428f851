import { AppConfig } from '../../common/config/index.js';
import {
  endOf,
  OAuth2Connector,
  OAuthClient,
  PlatformConnector,
  textAt,
  textsAt,
  type AccountCheck,
  type AccountRef,
  type ConnectableAccount,
  type ConnectField,
  type Credentials,
  type OAuth2Spec,
  type OAuthGrant,
} from '../core/index.js';
import { LinkedinDirectory, type Member, type Organization } from './linkedin.directory.js';
import { linkedinTokenErrors } from './linkedin.errors.js';
import { figuresScope, memberScopes, organizationScopes } from './linkedin.scopes.js';

const people = 'people';
const both = 'people and organizations';

type Shown = Omit<ConnectableAccount, 'credentials' | 'expiresAt'>;

/**
 * A login gives the member and every organization that the member may post for. All of them share its token, so that
 * disconnecting one forgets the token and does not revoke it.
 */
@PlatformConnector('linkedin')
export class LinkedinConnector extends OAuth2Connector {
  constructor(
    oauth: OAuthClient,
    private readonly directory: LinkedinDirectory,
    private readonly config: AppConfig,
  ) {
    super(oauth);
  }

  protected override get startFields(): readonly ConnectField[] {
    return [
      {
        name: 'access',
        label: 'Post for',
        type: 'select',
        required: true,
        secret: false,
        help: 'Organizations need an app with the Community Management API. Always choose the same: a login with other permissions ends the earlier ones.',
        options: [people, both],
        default: people,
      },
    ];
  }

  protected override specFor(fields: Readonly<Record<string, string>>): OAuth2Spec {
    const { AUTH: auth = '' } = this.config.platform('linkedin').hosts;
    const forAll = fields['access'] === both;
    return {
      platform: 'linkedin',
      authorizeUrl: `${auth}/oauth/v2/authorization`,
      tokenUrl: `${auth}/oauth/v2/accessToken`,
      revokeUrl: null,
      hosts: [auth],
      scopes: forAll ? [...memberScopes, ...organizationScopes] : memberScopes,
      optionalScopes: forAll ? [figuresScope] : [],
      pkce: 'none',
      errors: linkedinTokenErrors,
    };
  }

  protected override async listAccounts(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const { accessToken } = grant.token;
    const scopes = [...(grant.scopes ?? [])];
    const speaksForAll = organizationScopes.every((scope) => scopes.includes(scope));
    const member = await this.directory.member(accessToken);
    const organizations = speaksForAll ? await this.directory.organizations(accessToken) : [];
    const shown = [...organizations.map((one) => ofOrganization(one, scopes)), ofMember(member, scopes)];
    const credentials = this.credentialsOf(grant);
    const expiresAt = endOf(grant.token);
    return shown.map((account) => ({ ...account, credentials, expiresAt }));
  }

  override async check(account: AccountRef, { values }: Credentials): Promise<AccountCheck> {
    const token = values['accessToken'] ?? '';
    const scopes = [...textsAt(account.metadata, 'scopes')];
    const isPerson = textAt(account.metadata, 'kind') === 'person';
    const { displayName, handle, avatarUrl, metadata } = isPerson
      ? ofMember(await this.directory.member(token), scopes)
      : ofOrganization(await this.directory.organization(token, account.externalId), scopes);
    return { displayName, handle, avatarUrl, metadata };
  }
}

function ofMember({ sub, name, picture }: Member, scopes: string[]): Shown {
  return {
    externalId: `urn:li:person:${sub}`,
    displayName: name,
    handle: null,
    avatarUrl: picture,
    metadata: { kind: 'person', scopes },
  };
}

function ofOrganization({ urn, name, vanityName }: Organization, scopes: string[]): Shown {
  return {
    externalId: urn,
    displayName: name,
    handle: vanityName,
    avatarUrl: null,
    metadata: { kind: 'organization', scopes },
  };
}
