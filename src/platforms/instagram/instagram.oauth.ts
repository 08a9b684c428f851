import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { HttpClient } from '../../common/http/index.js';
import {
  OAuthClient,
  type GrantFields,
  type OAuth2Spec,
  type OAuthApp,
  type OAuthToken,
} from '../core/index.js';
import { GraphOAuthClient } from '../families/meta/index.js';

/** The Instagram Login takes a form, the Facebook Login a query. */
@Injectable()
export class InstagramOAuthClient extends OAuthClient {
  constructor(
    http: HttpClient,
    clock: Clock,
    private readonly facebook: GraphOAuthClient,
  ) {
    super(http, clock);
  }

  override token(spec: OAuth2Spec, app: OAuthApp, grant: GrantFields): Promise<OAuthToken> {
    return isFacebook(spec) ? this.facebook.token(spec, app, grant) : super.token(spec, app, grant);
  }
}

export function isFacebook({ authorizeUrl }: OAuth2Spec): boolean {
  return authorizeUrl.endsWith('/dialog/oauth');
}
