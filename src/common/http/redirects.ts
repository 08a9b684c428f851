import { type RawAnswer } from './answer.reader.js';
import { HttpTransportError } from './http.errors.js';
import { type BuiltRequest, checkUrl } from './request.builder.js';

const REDIRECTS = [301, 302, 303, 307, 308];
/** All that another origin gets to see. */
const HARMLESS = /^(accept(-.*)?|user-agent|range)$/;

/**
 * Where a GET or HEAD goes on, or null when the answer is one.
 * @throws HttpTransportError (after_send) when it may not go there.
 */
export function nextHop(
  built: BuiltRequest,
  answer: RawAnswer,
  hosts?: readonly string[],
): BuiltRequest | null {
  const location = answer.headers['location'];
  const reading = built.method === 'GET' || built.method === 'HEAD';
  if (!REDIRECTS.includes(answer.status) || location === undefined || !reading) return null;
  const url = target(location, built.url, hosts);
  if (built.url.protocol === 'https:' && url.protocol === 'http:') {
    throw refused('request_refused', 'a redirect leads from https to http');
  }
  if (url.origin === built.url.origin) return { ...built, url };
  const headers = Object.entries(built.headers).filter(([name]) => HARMLESS.test(name));
  return { ...built, url, headers: Object.fromEntries(headers) };
}

function target(location: string, from: URL, hosts: readonly string[] | undefined): URL {
  try {
    return checkUrl(URL.canParse(location, from.href) ? new URL(location, from).href : location, hosts);
  } catch (error) {
    if (!(error instanceof HttpTransportError)) throw error;
    throw refused(error.reason, `a redirect was not followed: ${error.message}`);
  }
}

function refused(reason: HttpTransportError['reason'], message: string): HttpTransportError {
  return new HttpTransportError({ phase: 'after_send', reason, message });
}
