import { PublishError } from '../core/index.js';
import { securities, type Mailing, type SmtpServer } from './email.account.js';
import { parseAddress, parseAddressList } from './email.address.js';
import { MAX_RECIPIENTS } from './email.capabilities.js';

type FormValues = Readonly<Record<string, string>>;

export interface EmailForm {
  readonly server: SmtpServer;
  readonly mailing: Mailing;
}

/**
 * Reads and checks the connect form.
 * @throws PublishError that names the field.
 */
export function readForm(values: FormValues): EmailForm {
  return { server: serverOf(values), mailing: mailingOf(values) };
}

function serverOf(values: FormValues): SmtpServer {
  const host = value(values, 'host') ?? invalid('host', 'The mail server is missing.');
  if (!/^[a-z0-9.:_-]+$/i.test(host)) invalid('host', 'This is no name or address of a server.');
  const port = Number(value(values, 'port') ?? '587');
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    invalid('port', 'The port is a number up to 65535.');
  const given = value(values, 'security') ?? 'starttls';
  const security = securities.find((known) => known === given);
  if (security === undefined) return invalid('security', `Security is one of ${securities.join(', ')}.`);
  const user = value(values, 'user');
  const password = values['password'] ?? '';
  if (user === null && password !== '') invalid('user', 'There is a password without a user name.');
  if (user !== null && password === '') invalid('password', 'There is a user name without a password.');
  return { host, port, security, login: user === null ? null : { user, password } };
}

function mailingOf(values: FormValues): Mailing {
  const fromAddress =
    address(values, 'fromAddress') ?? invalid('fromAddress', 'The sender address is missing.');
  const { addresses, invalid: wrong } = parseAddressList(values['recipients'] ?? '');
  if (wrong.length > 0)
    invalid('recipients', `These are no e-mail addresses: ${wrong.slice(0, 5).join(', ')}`);
  if (addresses.length === 0) invalid('recipients', 'There is no recipient.');
  if (addresses.length > MAX_RECIPIENTS) {
    invalid('recipients', `One account takes ${MAX_RECIPIENTS} recipients, these are ${addresses.length}.`);
  }
  return {
    fromAddress,
    fromName: value(values, 'fromName')?.replace(/\p{Cc}+/gu, ' ') ?? null,
    replyTo: address(values, 'replyTo'),
    recipients: addresses,
    listId: listIdOf(values),
    unsubscribeUrl: unsubscribeUrlOf(values),
    unsubscribeMailto: address(values, 'unsubscribeMailto'),
  };
}

function listIdOf(values: FormValues): string | null {
  const id = value(values, 'listId')?.replace(/^<(.*)>$/, '$1') ?? null;
  if (id !== null && !/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/i.test(id)) {
    invalid('listId', 'A list id looks like a host name: news.example.org.');
  }
  return id;
}

function unsubscribeUrlOf(values: FormValues): string | null {
  const url = value(values, 'unsubscribeUrl');
  if (url === null) return null;
  const plain = url.replaceAll('{recipient}', 'recipient');
  const valid = URL.canParse(plain) && ['https:', 'http:'].includes(new URL(plain).protocol);
  if (!valid || !/^[\x21-\x7e]+$/.test(url) || /[<>"]/.test(url)) {
    invalid('unsubscribeUrl', 'This is no web address.');
  }
  return url;
}

function address(values: FormValues, field: string): string | null {
  const given = value(values, field);
  if (given === null) return null;
  return parseAddress(given.replace(/^mailto:/i, '')) ?? invalid(field, `"${given}" is no e-mail address.`);
}

function value(values: FormValues, field: string): string | null {
  const text = values[field]?.trim() ?? '';
  return text === '' ? null : text;
}

function invalid(field: string, message: string): never {
  throw new PublishError({
    kind: 'content_refused',
    code: 'email.form_invalid',
    platformCode: field,
    message,
    remedy: `Correct the field "${field}".`,
  });
}
