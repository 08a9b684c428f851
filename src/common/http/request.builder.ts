import { createHash } from 'node:crypto';
import { type EncodedBody, encodeBody } from './body.encoder.js';
import { HttpTransportError } from './http.errors.js';
import { type OutboundRequest } from './http.types.js';

/** A request whose every byte is decided. */
export interface BuiltRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: EncodedBody;
  /** Hex; where the bytes of a file are not known beforehand, of what there is to say about them. */
  readonly bodySha256: string;
}

const MADE_HERE = ['host', 'connection', 'content-length', 'transfer-encoding', 'expect', 'upgrade'];
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const USER_AGENT = 'Fanfare';

/** @throws HttpTransportError (before_send) when it is not one that may be sent. */
export function buildRequest(request: OutboundRequest): BuiltRequest {
  const method = request.method.toUpperCase();
  if (!TOKEN.test(method) || method === 'CONNECT') throw refused('the method is not one that can be sent');
  const url = checkUrl(request.url, request.hosts);
  const body = encodeBody(request.body);
  const headers = { ...headersOf(request, body) };
  const bodySha256 = body.sha256 ?? createHash('sha256').update(body.description).digest('hex');
  return { method, url, headers, body, bodySha256 };
}

/** @throws HttpTransportError (before_send) */
export function checkUrl(text: string, hosts: readonly string[] | undefined): URL {
  if (!URL.canParse(text)) throw refused('the URL cannot be read');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused('only http and https are spoken');
  if (url.username !== '' || url.password !== '') throw refused('the URL holds credentials');
  url.hash = '';
  if (hosts !== undefined && !hosts.some((base) => isUnder(url, base))) {
    throw new HttpTransportError({
      phase: 'before_send',
      reason: 'host_refused',
      message: `${url.origin} is not one of the hosts that this request may go to`,
    });
  }
  return url;
}

function isUnder(url: URL, base: string): boolean {
  if (!URL.canParse(base)) return false;
  const { origin, pathname } = new URL(base);
  const start = pathname.replace(/\/+$/, '');
  return url.origin === origin && (url.pathname === start || url.pathname.startsWith(`${start}/`));
}

function headersOf(request: OutboundRequest, body: EncodedBody): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': USER_AGENT };
  if (body.contentType !== null) headers['content-type'] = body.contentType;
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const lower = name.toLowerCase();
    if (!TOKEN.test(name) || MADE_HERE.includes(lower)) throw refused(`the header "${lower}" cannot be set`);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw refused(`the header "${lower}" has characters that cannot be sent`);
    headers[lower] = value;
  }
  return headers;
}

function refused(message: string): HttpTransportError {
  return new HttpTransportError({ phase: 'before_send', reason: 'request_refused', message });
}
