import type { PlatformAccount } from '../../../../src/sandbox/control/sandbox.control.js';
import type { ConnectInput, Limit, Profile } from '../profile.js';
import { document } from '../samples.js';
import { errors } from './email.errors.js';
import { emailFaults } from './email.faults.js';
import { emailKinds } from './email.kinds.js';

/** Limits that are ours have a platform that would take more. */
const limits: readonly Limit[] = [
  {
    name: '200,000 characters',
    longest: { text: `Long\n${'a '.repeat(100_000).slice(5)}` },
    tooLong: { text: `Long\n${'a '.repeat(100_000).slice(4)}` },
    rule: 'text_too_long',
    enforcedByPlatform: false,
  },
  {
    name: '20 files',
    longest: { text: 'Twenty', media: files(20) },
    tooLong: { text: 'Twenty-one', media: files(21) },
    rule: 'too_many_media',
    enforcedByPlatform: false,
  },
  {
    // An estimate that is on the safe side: three times the text, and room for headers.
    name: 'the SIZE that the server announces',
    longest: { text: 'a'.repeat(Math.floor((100_000 - 16_384) / 3)) },
    tooLong: { text: 'a'.repeat(60_000) },
    rule: 'message_too_large',
    enforcedByPlatform: true,
    prepare: (control) => control.configure('email', { maxBytes: 100_000 }),
  },
];

export const profile: Profile = {
  simulator: { maxBytes: 26_214_400, tls: 'none' },
  newAccount: (control, no) => control.createAccount('email', { name: `Sender ${no}` }),
  renewAccount: (control, { id }) => {
    control.endTokens('email', id, 'revoke');
    return control.createAccount('email', { user: id });
  },
  connect: (account) => connectTo(account, account.credentials['recipients'] ?? ''),
  connectForSeveral: (account) =>
    connectTo(account, 'ada@readers.example, grace@readers.example, linus@readers.example'),
  postIdOf: ({ postId }) => postId.replace(/^<(.*)>$/, '$1'),
  kinds: emailKinds,
  limits,
  faults: emailFaults,
  rateLimit: {
    arm: (control, _now, count = 1) => {
      control.addFault({
        platform: 'email',
        operation: 'smtp.mail',
        count,
        action: { kind: 'status', status: 421, body: '4.7.0 Try again later, too many messages' },
      });
      return 30 * 60_000;
    },
  },
  auth: [
    {
      name: 'access revoked',
      end: (control, account) => control.endTokens('email', account, 'revoke'),
      then: 'expired',
    },
  ],
  refusal: 554,
  errors,
  several: {
    draft: { text: 'To everybody' },
    texts: ['To everybody', 'To everybody', 'To everybody'],
  },
};

function connectTo({ credentials }: PlatformAccount, recipients: string): ConnectInput {
  const { host = '', port = '', user = '', password = '', fromAddress = '' } = credentials;
  return {
    method: 'form',
    credentials: { host, port, security: 'none', user, password, fromAddress, recipients },
  };
}

function files(count: number): ReturnType<typeof document>[] {
  return Array.from({ length: count }, (_, index) => document(index + 1));
}
