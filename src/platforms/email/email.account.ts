import {
  PublishError,
  type AccountRef,
  type Credentials,
  type JsonObject,
  type JsonValue,
} from '../core/index.js';
import { DEFAULT_MESSAGE_BYTES } from './email.capabilities.js';

export const securities = ['starttls', 'implicit', 'none'] as const;
export type SmtpSecurity = (typeof securities)[number];

/** How to reach and log in to a mail server. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly security: SmtpSecurity;
  /** Null: no login. */
  readonly login: { readonly user: string; readonly password: string } | null;
}

/** Who sends to whom, frozen with the first run of a post. A type, not an interface: it is stored as JSON. */
export type Mailing = {
  fromAddress: string;
  fromName: string | null;
  replyTo: string | null;
  recipients: string[];
  listId: string | null;
  /** May hold `{recipient}`, which stands for the address. */
  unsubscribeUrl: string | null;
  unsubscribeMailto: string | null;
};

/** The mailing as the connector stored it with the account. */
export function readMailing(metadata: JsonObject): Mailing {
  const recipients = metadata['recipients'];
  return {
    fromAddress: text(metadata['fromAddress']) ?? '',
    fromName: text(metadata['fromName']),
    replyTo: text(metadata['replyTo']),
    recipients: Array.isArray(recipients) ? recipients.filter((item) => typeof item === 'string') : [],
    listId: text(metadata['listId']),
    unsubscribeUrl: text(metadata['unsubscribeUrl']),
    unsubscribeMailto: text(metadata['unsubscribeMailto']),
  };
}

/** Bytes of a message that the account's server takes, as it said when it was last checked. */
export function maxMessageBytes(account: AccountRef): number {
  const known = account.metadata['maxMessageBytes'];
  return typeof known === 'number' && known > 0 ? known : DEFAULT_MESSAGE_BYTES;
}

/**
 * The server out of stored credentials.
 * @throws PublishError when they are not of this platform's form.
 */
export function readServer({ values }: Credentials): SmtpServer {
  const { host, port, user, password } = {
    host: values['host'],
    port: Number(values['port']),
    user: values['user'] ?? '',
    password: values['password'] ?? '',
  };
  const security = securities.find((known) => known === values['security']);
  if (host === undefined || security === undefined || !Number.isInteger(port)) {
    throw new PublishError({
      kind: 'auth_expired',
      code: 'email.credentials_incomplete',
      message: 'The stored data of the mail server is not complete.',
      remedy: 'Connect the account again.',
    });
  }
  return { host, port, security, login: user === '' ? null : { user, password } };
}

/** The same server as strings, the way credentials are stored. */
export function writeServer(server: SmtpServer): Record<string, string> {
  return {
    host: server.host,
    port: String(server.port),
    security: server.security,
    user: server.login?.user ?? '',
    password: server.login?.password ?? '',
  };
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
