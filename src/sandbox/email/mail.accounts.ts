import { stringAt, type JsonObject } from '../core/json.js';
import { InvalidInput, type SandboxAccount, type TokenAction } from '../core/simulator.js';
import { LOOPBACK } from '../core/loopback.js';
import type { TlsMode } from './email.settings.js';

/** Somebody who may send. The user name is an address, and the id of the account. */
export interface MailAccount {
  readonly user: string;
  readonly name: string;
  password: string;
  accessToken: string;
  readonly from: string;
  readonly recipients: readonly string[];
  ended: boolean;
}

const READERS = 'readers.example';

/** Refused for good, whoever writes: 550 5.1.1. */
export const UNKNOWN_RECIPIENT = `nobody@${READERS}`;
/** Refused the first time that an account writes to it: 451 4.7.1. */
export const GREYLISTED_RECIPIENT = `greylisted@${READERS}`;

const SEEDED: readonly Omit<MailAccount, 'ended'>[] = [
  {
    user: 'news@fanfare.example',
    name: 'Fanfare News',
    password: 'app-password-news',
    accessToken: 'ya29.news',
    from: 'news@fanfare.example',
    recipients: [`ada@${READERS}`, `grace@${READERS}`],
  },
  {
    user: 'shop@corner.example',
    name: 'Corner Shop',
    password: 'app-password-shop',
    accessToken: 'ya29.shop',
    from: 'hello@corner.example',
    recipients: [`linus@${READERS}`],
  },
];

export class MailAccounts {
  private accounts = new Map<string, MailAccount>();
  private greylisted = new Set<string>();
  private created = 0;

  constructor() {
    this.reset();
  }

  reset(): void {
    this.accounts = new Map(SEEDED.map((account) => [account.user, { ...account, ended: false }]));
    this.greylisted = new Set();
    this.created = 0;
  }

  list(): readonly MailAccount[] {
    return [...this.accounts.values()];
  }

  find(user: string): MailAccount | undefined {
    return this.accounts.get(user.toLowerCase());
  }

  create(input: JsonObject): MailAccount {
    const strangers = Object.keys(input).filter((key) => !['user', 'name', 'password', 'from'].includes(key));
    if (strangers.length > 0) throw new InvalidInput(`account: unknown ${strangers.join(', ')}`);
    this.created += 1;
    const user = (stringAt(input, 'user') ?? `sender${this.created}@fanfare.example`).toLowerCase();
    if (!user.includes('@')) throw new InvalidInput('account: user must be an address');
    const known = this.accounts.get(user);
    if (known?.ended === true) return this.renew(known, input);
    if (known) throw new InvalidInput(`account: ${user} is there already`);
    const account: MailAccount = {
      user,
      name: stringAt(input, 'name') ?? `Sender ${this.created}`,
      password: stringAt(input, 'password') ?? `app-password-${this.created}`,
      accessToken: `ya29.sender${this.created}`,
      from: stringAt(input, 'from') ?? user,
      recipients: [`reader${this.created}@${READERS}`],
      ended: false,
    };
    this.accounts.set(user, account);
    return account;
  }

  /** New secrets for an account whose old ones were ended. */
  private renew(account: MailAccount, input: JsonObject): MailAccount {
    account.password = stringAt(input, 'password') ?? `app-password-${this.created}`;
    account.accessToken = `ya29.renewed${this.created}`;
    account.ended = false;
    return account;
  }

  /** From now on the account's secrets are refused. */
  end(user: string, _action: TokenAction): boolean {
    const account = this.find(user);
    if (!account) return false;
    account.ended = true;
    return true;
  }

  /** True the first time that this account writes to this greylisted address. */
  greylists(user: string, recipient: string): boolean {
    if (recipient.toLowerCase() !== GREYLISTED_RECIPIENT) return false;
    const key = `${user} ${recipient.toLowerCase()}`;
    const isNew = !this.greylisted.has(key);
    this.greylisted.add(key);
    return isNew;
  }
}

/** The account as a person would type it into a form. */
export function describeAccount(account: MailAccount, port: string, tls: TlsMode): SandboxAccount {
  return {
    id: account.user,
    name: account.name,
    credentials: {
      host: LOOPBACK,
      port,
      security: tls === 'required' ? 'starttls' : 'none',
      user: account.user,
      password: account.password,
      accessToken: account.accessToken,
      fromAddress: account.from,
      fromName: account.name,
      recipients: account.recipients.join(', '),
    },
    details: {
      recipients: [...account.recipients],
      unknownRecipient: UNKNOWN_RECIPIENT,
      greylistedRecipient: GREYLISTED_RECIPIENT,
    },
  };
}
