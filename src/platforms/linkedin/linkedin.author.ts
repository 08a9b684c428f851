import { textAt, textsAt, type AccountRef } from '../core/index.js';
import { figuresScope, organizationScopes } from './linkedin.scopes.js';

/** Who speaks: a member or an organization. */
export interface Author {
  /** `urn:li:person:…`, `urn:li:organization:…`. */
  readonly urn: string;
  readonly kind: 'person' | 'organization';
  /** A login for members alone may not ask for the state of its pictures and documents. */
  readonly readsAssets: boolean;
  readonly readsFigures: boolean;
}

export function authorOf({ externalId, metadata }: AccountRef): Author {
  const scopes = textsAt(metadata, 'scopes');
  return {
    urn: externalId,
    kind: textAt(metadata, 'kind') === 'person' ? 'person' : 'organization',
    readsAssets: organizationScopes.some((scope) => scopes.includes(scope)),
    readsFigures: scopes.includes(figuresScope),
  };
}
