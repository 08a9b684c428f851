import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { textAt, type AccountRef, type JsonObject } from '../core/index.js';
import { defaultService } from './bluesky.config.js';

/** Where an account's servers are. Null stands for the configured API host, so that a change of configuration holds. */
export interface AccountHosts {
  /** Who gives sessions: the entryway, or the account's own server. */
  readonly serviceUrl: string | null;
  /** Where the account's records are. */
  readonly pdsUrl: string | null;
  /** Name of that server in service tokens; also when a stand-in answers for it. */
  readonly pdsDid: string;
}

/** Tells the servers of accounts apart, and which of those that an answer names may be followed. */
@Injectable()
export class BlueskyHosts {
  constructor(private readonly config: AppConfig) {}

  get video(): string {
    return this.host('VIDEO');
  }

  /** Shows what everybody sees; asked without a token. */
  get appView(): string {
    return this.host('APPVIEW');
  }

  service(account: AccountRef): string {
    return textAt(account.metadata, 'serviceUrl') ?? this.host('API');
  }

  pds(account: AccountRef): string {
    return textAt(account.metadata, 'pdsUrl') ?? this.service(account);
  }

  pdsDid(account: AccountRef): string {
    return textAt(account.metadata, 'pdsDid') ?? didOf(this.pds(account));
  }

  /** The base URL to log in at: the person's own server, or the configured one. */
  serviceBase(serviceUrl: string | null): string {
    return serviceUrl ?? this.host('API');
  }

  /**
   * The server that a DID document names is followed when it is the configured API host, or has `https`. A configured API
   * host other than Bluesky's own stands for every server: that is how a test, a proxy or the sandbox takes its place.
   */
  hostsOf(serviceUrl: string | null, didDoc: unknown): AccountHosts {
    const service = this.serviceBase(serviceUrl);
    const named = pdsEndpoint(didDoc);
    const pdsDid = didOf(named ?? service);
    const standsIn = serviceUrl === null && service !== defaultService;
    if (named === null || standsIn || named === service) return { serviceUrl, pdsUrl: null, pdsDid };
    return { serviceUrl, pdsUrl: named.startsWith('https://') ? named : null, pdsDid };
  }

  /** What a person typed as server: null for the configured one, undefined when it can't be one. */
  parseService(typed: string): string | null | undefined {
    const text = typed.trim().replace(/\/+$/, '');
    if (text === '' || text === this.host('API')) return null;
    const url = parseUrl(text.includes('://') ? text : `https://${text}`);
    if (url?.protocol !== 'https:' || url.username !== '' || !url.hostname.includes('.')) return undefined;
    return url.origin;
  }

  private host(label: 'API' | 'APPVIEW' | 'VIDEO'): string {
    const url = this.config.platform('bluesky').hosts[label];
    if (url === undefined) throw new RangeError(`bluesky has no host ${label}`);
    return url;
  }
}

export function hostsMetadata(hosts: AccountHosts): JsonObject {
  return { serviceUrl: hosts.serviceUrl, pdsUrl: hosts.pdsUrl, pdsDid: hosts.pdsDid };
}

/** did:web writes the colon before a port as %3A; servers on the open network have none. */
function didOf(base: string): string {
  return `did:web:${(parseUrl(base)?.host ?? '').replace(':', '%3A')}`;
}

function pdsEndpoint(didDoc: unknown): string | null {
  for (let index = 0; textAt(didDoc, 'service', index, 'id') !== null; index += 1) {
    if (!(textAt(didDoc, 'service', index, 'id') ?? '').endsWith('#atproto_pds')) continue;
    return parseUrl(textAt(didDoc, 'service', index, 'serviceEndpoint') ?? '')?.origin ?? null;
  }
  return null;
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
