import { numberAt, textAt, type JsonObject } from '../core/index.js';
import { limitsMetadata, readInstanceLimits } from './mastodon.limits.js';

/** What an instance says of itself. */
export interface InstanceFacts {
  /** `mastodon` only when it is Mastodon itself or a fork that keeps its ways. */
  readonly software: string;
  readonly version: string;
  /** Domain in the handles of its people; may differ from the host. */
  readonly domain: string | null;
  readonly metadata: JsonObject;
}

const loopback = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The base URL of an instance from what a person types: a domain, an address with path, a handle. Plain http only for this
 * very machine, which the address guard refuses anyway unless it is configured otherwise. Null when it can't be one.
 */
export function normaliseInstance(typed: string): string | null {
  const text = typed.trim();
  const scheme = /^(https?):\/\//i.exec(text)?.[1]?.toLowerCase() ?? 'https';
  const authority = text.replace(/^https?:\/\//i, '').replace(/[/?#].*$/s, '');
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/\.$/, '');
  const candidate = `${scheme}://${host}`;
  if (host === '' || /\s/.test(host) || !URL.canParse(candidate)) return null;
  const url = new URL(candidate);
  if (url.username !== '' || url.pathname !== '/') return null;
  if (loopback.test(url.hostname)) return url.origin;
  return url.protocol === 'https:' && url.hostname.includes('.') ? url.origin : null;
}

/** Servers that speak the API name themselves in brackets: `2.7.2 (compatible; Pleroma 2.5.0)`. */
export function softwareOf(version: string): string {
  const named = /\(compatible; ([A-Za-z]+)/.exec(version)?.[1];
  if (named !== undefined) return named.toLowerCase();
  return /^(?:[2-9]|[1-9]\d)\.\d+\.\d+(?:[-+.]?[\w.+-]*)?$/.test(version) ? 'mastodon' : 'unknown';
}

/** From `/api/v2/instance`, or `/api/v1/instance` with its other names. */
export function readInstanceFacts(instance: unknown): InstanceFacts {
  const version = textAt(instance, 'version') ?? '';
  const software = softwareOf(version);
  const domain = textAt(instance, 'domain') ?? textAt(instance, 'uri');
  return {
    software,
    version,
    domain: domain !== null && /^[\w.-]+(:\d+)?$/.test(domain) ? domain : null,
    metadata: {
      software,
      version,
      apiVersion: numberAt(instance, 'api_versions', 'mastodon'),
      limits: limitsMetadata(readInstanceLimits(instance)),
    },
  };
}
