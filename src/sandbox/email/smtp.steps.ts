import type { SMTPServerAddress, SMTPServerAuthentication, SMTPServerSession } from 'smtp-server';
import type { InboxEntry } from '../core/inbox.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import type { Finding } from '../core/strictness.js';
import { UNKNOWN_RECIPIENT, type MailAccounts } from './mail.accounts.js';
import { toEntries } from './mail.entries.js';
import { checkMessage, readHeaders } from './message.checks.js';
import { SMTP_OPERATIONS, type SmtpGate, type SmtpWire } from './smtp.call.js';
import { OK, refusal, type SmtpReply } from './smtp.reply.js';

/** A message as it came over the line; null when it was over the size limit and thrown away. */
export type ReceivedBytes = Buffer | null;

const MAIL_PARAMETERS: readonly string[] = ['SIZE', 'BODY', 'SMTPUTF8'];

/** What the mail server decides at each step. Every step goes through the gate. */
export class SmtpSteps {
  private stored: InboxEntry[] = [];
  private queued = 0;

  constructor(
    private readonly gate: SmtpGate,
    private readonly accounts: MailAccounts,
    private readonly environment: SimulatorEnvironment,
  ) {}

  inbox(): readonly InboxEntry[] {
    return this.stored;
  }

  reset(): void {
    this.stored = [];
    this.queued = 0;
  }

  connect(wire: SmtpWire): Promise<SmtpReply | null> {
    return this.gate.pass(
      wire,
      { operation: SMTP_OPERATIONS.connect, method: 'CONNECT', path: '/' },
      () => OK,
    );
  }

  auth(wire: SmtpWire, auth: SMTPServerAuthentication): Promise<SmtpReply | null> {
    const user = (auth.username ?? '').toLowerCase();
    const call = {
      operation: SMTP_OPERATIONS.auth,
      method: `AUTH ${auth.method}`,
      path: `/auth/${user}`,
      account: user,
    };
    return this.gate.pass(wire, call, () => {
      const account = this.accounts.find(user);
      const known = account !== undefined && !account.ended && hasSecret(account, auth);
      return known ? OK : refusal(535, '5.7.8 Username and Password not accepted');
    });
  }

  mail(wire: SmtpWire, session: SMTPServerSession, sender: SMTPServerAddress): Promise<SmtpReply | null> {
    const call = {
      operation: SMTP_OPERATIONS.mail,
      method: 'MAIL',
      path: `/mail/${sender.address}`,
      account: userOf(session),
      findings: parameterFindings(sender, MAIL_PARAMETERS),
    };
    return this.gate.pass(wire, call, () => OK);
  }

  rcpt(wire: SmtpWire, session: SMTPServerSession, recipient: SMTPServerAddress): Promise<SmtpReply | null> {
    const address = recipient.address.toLowerCase();
    const user = userOf(session);
    const call = {
      operation: SMTP_OPERATIONS.rcpt,
      method: 'RCPT',
      path: `/rcpt/${address}`,
      account: user,
      findings: parameterFindings(recipient, []),
    };
    return this.gate.pass(wire, call, () => {
      if (address === UNKNOWN_RECIPIENT) return refusal(550, `5.1.1 <${address}>: User unknown`);
      if (this.accounts.greylists(user, address)) return refusal(451, '4.7.1 Greylisted, try again later');
      return OK;
    });
  }

  dataStart(wire: SmtpWire, session: SMTPServerSession): Promise<SmtpReply | null> {
    const call = {
      operation: SMTP_OPERATIONS.dataStart,
      method: 'DATA',
      path: `/data-start/${recipientsOf(session).join(',')}`,
      account: userOf(session),
    };
    return this.gate.pass(wire, call, () => OK);
  }

  /** The final dot has arrived. */
  data(wire: SmtpWire, session: SMTPServerSession, message: ReceivedBytes): Promise<SmtpReply | null> {
    const recipients = recipientsOf(session);
    const call = {
      operation: SMTP_OPERATIONS.data,
      method: 'DATA',
      path: `/data/${recipients.join(',')}`,
      account: userOf(session),
      headers: message === null ? {} : headersOf(message),
      findings: message === null ? [] : checkMessage(message, session.envelope.smtpUtf8 === true),
    };
    return this.gate.pass(wire, call, () => this.store(session, recipients, message));
  }

  unknownCommand(wire: SmtpWire, name: string): void {
    const finding: Finding = { what: 'route', detail: name };
    const call = { operation: SMTP_OPERATIONS.unknown, method: name, path: '/', findings: [finding] };
    void this.gate.pass(wire, call, () => OK);
  }

  private async store(
    session: SMTPServerSession,
    recipients: readonly string[],
    message: ReceivedBytes,
  ): Promise<SmtpReply> {
    if (message === null) return refusal(552, '5.3.4 Message too big for system');
    const account = userOf(session);
    const { mailFrom } = session.envelope;
    const entries = await toEntries(
      {
        account,
        envelopeFrom: mailFrom === false ? '' : mailFrom.address,
        recipients,
        message,
        receivedAt: this.environment.clock.iso(),
      },
      this.environment.media,
    );
    if (!this.maySendAs(account, entries)) {
      return refusal(554, '5.2.252 SendAsDenied; the account may not send as this sender');
    }
    this.stored.push(...entries);
    this.queued += 1;
    return {
      code: 250,
      text: `OK: queued as ${this.queued.toString(16).toUpperCase().padStart(8, '0')}`,
      accepted: true,
    };
  }

  /** An account sends in the name of its own domain. */
  private maySendAs(user: string, entries: readonly InboxEntry[]): boolean {
    const allowed = this.accounts.find(user)?.from ?? user;
    const from = entries[0]?.extra['from'];
    return typeof from === 'string' && domainOf(from) === domainOf(allowed);
  }
}

function hasSecret(
  account: { readonly password: string; readonly accessToken: string },
  auth: SMTPServerAuthentication,
): boolean {
  return auth.method === 'XOAUTH2'
    ? auth.accessToken === account.accessToken
    : auth.password === account.password;
}

function parameterFindings({ args }: SMTPServerAddress, known: readonly string[]): Finding[] {
  return Object.keys(args === false ? {} : args)
    .filter((name) => !known.includes(name))
    .map((detail) => ({ what: 'query', detail }));
}

function headersOf(message: Buffer): Record<string, string> {
  return Object.fromEntries(readHeaders(message).map(({ name, value }) => [name, value]));
}

function recipientsOf(session: SMTPServerSession): readonly string[] {
  return session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
}

function userOf(session: SMTPServerSession): string {
  const user: unknown = session.user;
  return typeof user === 'string' ? user : '';
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
