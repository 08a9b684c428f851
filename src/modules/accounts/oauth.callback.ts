import { timingSafeEqual } from 'node:crypto';
import { hashSecret } from '../../common/crypto/index.js';
import { ValidationFailedError } from '../../common/errors/index.js';

export interface ExpectedCallback {
  readonly redirectUri: string;
  /** SHA-256 of the state, hex. */
  readonly stateHash: string;
}

export interface VerifiedCallback {
  readonly code: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const pointer = '/callbackUrl';
/** How platforms say that the person did not agree: RFC 6749, and two of their own. */
const denials: readonly string[] = ['access_denied', 'user_cancelled_login', 'user_cancelled_authorize'];
const copyAll = 'Copy the whole address that the browser landed on, once, from this session.';

/**
 * Reads the address that the browser landed on.
 * @throws ValidationFailedError when it is not the answer to this very session, or when access was refused.
 */
export function verifyCallback(callbackUrl: string, expected: ExpectedCallback): VerifiedCallback {
  const url = parse(callbackUrl);
  const redirect = new URL(expected.redirectUri);
  if (url.origin !== redirect.origin || url.pathname !== redirect.pathname) {
    throw refused('redirect_mismatch', 'This address is not the redirect address of the session.', copyAll);
  }
  const { state, code, error } = readAnswer(url.searchParams);
  if (state === null || !matches(state, expected.stateHash)) {
    throw refused('state_mismatch', 'The address belongs to another session, or was changed.', copyAll);
  }
  if (error !== null) throw deniedBy(error, url.searchParams.get('error_description'));
  if (code === null || code === '') {
    throw refused('code_missing', 'The address carries no code.', copyAll);
  }
  return { code, parameters: Object.fromEntries(url.searchParams) };
}

function parse(text: string): URL {
  if (!URL.canParse(text.trim())) throw refused('url', 'This is no address.', copyAll);
  return new URL(text.trim());
}

/** A parameter that stands there twice could be read in two ways, so it is not read at all. */
function readAnswer(query: URLSearchParams) {
  const once = (name: string): string | null => {
    const [value, ...more] = query.getAll(name);
    return more.length > 0 ? null : (value ?? null);
  };
  return { state: once('state'), code: once('code'), error: once('error') };
}

function matches(state: string, hash: string): boolean {
  const given = Buffer.from(hashSecret(state), 'hex');
  const wanted = Buffer.from(hash, 'hex');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function deniedBy(error: string, description: string | null): ValidationFailedError {
  if (denials.includes(error)) {
    return refused(
      'access_denied',
      'Access was not granted on the platform.',
      'Open the authorize URL again and agree, or start with another login.',
    );
  }
  const words = description === null ? error : `${error}: ${description}`;
  return refused('authorization_failed', `The platform answered ${words}.`, 'Start connecting again.');
}

function refused(rule: string, message: string, remedy: string): ValidationFailedError {
  return new ValidationFailedError([{ pointer, rule, message, remedy }]);
}
