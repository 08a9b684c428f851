import { HttpTransportError, type TransportReason } from '../../common/http/index.js';
import {
  BaseConnector,
  PlatformConnector,
  PublishError,
  type AccountCheck,
  type AccountRef,
  type ConnectableAccount,
  type Credentials,
} from '../core/index.js';
import { readServer, writeServer, type Mailing, type SmtpServer } from './email.account.js';
import { EmailClient, type ServerFacts } from './email.client.js';
import { emailConnect } from './email.connect-fields.js';
import { readForm } from './email.form.js';

/** Connects a mailbox with the people it writes to. Every method logs in and sends no mail. */
@PlatformConnector('email')
export class EmailConnector extends BaseConnector {
  override readonly descriptor = emailConnect;

  constructor(private readonly client: EmailClient) {
    super();
  }

  override async completeForm(
    values: Readonly<Record<string, string>>,
  ): Promise<readonly ConnectableAccount[]> {
    const { server, mailing } = readForm(values);
    const facts = await this.verify(server);
    return [
      {
        externalId: externalIdOf(mailing),
        ...describe(mailing),
        metadata: { ...mailing, server: `${server.host}:${server.port}`, ...facts },
        credentials: writeServer(server),
        expiresAt: null,
      },
    ];
  }

  override async check(account: AccountRef, credentials: Credentials): Promise<AccountCheck> {
    const facts = await this.verify(readServer(credentials));
    return {
      displayName: account.displayName,
      handle: account.handle,
      avatarUrl: null,
      metadata: { ...account.metadata, ...facts },
    };
  }

  private async verify(server: SmtpServer): Promise<{ maxMessageBytes: number | null }> {
    try {
      const { maxMessageBytes }: ServerFacts = await this.client.verify(server);
      return { maxMessageBytes };
    } catch (error) {
      throw error instanceof HttpTransportError ? unreachable(error, server) : error;
    }
  }
}

/** The sender's address; one sender may write to several lists, told apart by their list ids. */
function externalIdOf({ fromAddress, listId }: Mailing): string {
  const sender = fromAddress.toLowerCase();
  return listId === null ? sender : `${sender} ${listId.toLowerCase()}`;
}

function describe({ fromAddress, fromName, recipients }: Mailing) {
  const count = recipients.length === 1 ? '1 recipient' : `${recipients.length} recipients`;
  return {
    displayName: `${fromName ?? fromAddress} (${count})`,
    handle: fromAddress,
    avatarUrl: null,
  };
}

type Advice = readonly [code: string, message: string, remedy: string];

/** What a person can do about a server that does not answer. */
function unreachable(cause: HttpTransportError, server: SmtpServer): PublishError {
  const known = adviceFor(cause.reason, server);
  const [code, message, remedy] = known ?? [
    'server_unreachable',
    `The mail server ${server.host}:${server.port} does not answer.`,
    'Check name, port and firewall, and try again.',
  ];
  const kind = known === null ? 'transient' : 'content_refused';
  return new PublishError({
    kind,
    code: `email.${code}`,
    message,
    remedy,
    provesNothingCreated: true,
    cause,
  });
}

function adviceFor(reason: TransportReason, { host, port }: SmtpServer): Advice | null {
  const known: Partial<Record<TransportReason, Advice>> = {
    address_refused: [
      'host_private',
      `${host} is not on the public network.`,
      'Use the public name of the mail server, or let its network through with FANFARE_ALLOW_ADDRESSES.',
    ],
    dns: ['host_unknown', `There is no server ${host}.`, 'Check the name of the mail server.'],
    tls: [
      'tls_failed',
      `No encrypted connection to ${host}:${port} is possible.`,
      'Use "implicit" with port 465 or "starttls" with port 587; the certificate must be valid for this name.',
    ],
  };
  return known[reason] ?? null;
}
