import { Injectable } from '@nestjs/common';
import {
  OAuthClient,
  type GrantFields,
  type OAuth2Spec,
  type OAuthApp,
  type OAuthToken,
} from '../../core/index.js';

/** Facebook's token endpoint is asked by GET, with everything in the query, and knows no grant type for a code. */
@Injectable()
export class GraphOAuthClient extends OAuthClient {
  override token(
    spec: OAuth2Spec,
    { clientId, clientSecret }: OAuthApp,
    grant: GrantFields,
  ): Promise<OAuthToken> {
    const { grant_type: type = '', ...fields } = grant;
    return this.tokenByQuery(spec, spec.tokenUrl, {
      client_id: clientId,
      client_secret: clientSecret,
      ...(type === 'authorization_code' ? {} : { grant_type: type }),
      ...fields,
    });
  }
}
