import type { ConnectDescriptor, ConnectField } from '../core/index.js';
import { securities } from './email.account.js';
import { MAX_RECIPIENTS } from './email.capabilities.js';

type FieldInput = Pick<ConnectField, 'name' | 'label' | 'type' | 'help'> & Partial<ConnectField>;

const field = (input: FieldInput): ConnectField => ({ required: false, secret: false, ...input });

/** The connect form. */
export const emailConnect: ConnectDescriptor = {
  method: 'token_form',
  fields: [
    field({
      name: 'host',
      label: 'Mail server',
      type: 'text',
      required: true,
      help: 'The SMTP server for sending: smtp.example.org.',
    }),
    field({
      name: 'port',
      label: 'Port',
      type: 'number',
      default: '587',
      help: '587 with STARTTLS, 465 with implicit TLS.',
    }),
    field({
      name: 'security',
      label: 'Encryption',
      type: 'select',
      options: securities,
      default: 'starttls',
      help: '"none" sends the password in the clear: only for a server on the same machine.',
    }),
    field({
      name: 'user',
      label: 'User name',
      type: 'text',
      help: 'Mostly the mail address. Empty: no login.',
    }),
    field({
      name: 'password',
      label: 'Password',
      type: 'password',
      secret: true,
      help: 'Gmail and many others want an app password.',
    }),
    field({
      name: 'fromAddress',
      label: 'Sender address',
      type: 'email',
      required: true,
      help: 'An address that this login may send from.',
    }),
    field({ name: 'fromName', label: 'Sender name', type: 'text', help: 'What recipients see.' }),
    field({
      name: 'recipients',
      label: 'Recipients',
      type: 'list',
      required: true,
      help: `Up to ${MAX_RECIPIENTS} addresses, by comma, semicolon or line. Each gets a mail of its own.`,
    }),
    field({ name: 'replyTo', label: 'Reply to', type: 'email', help: 'Where answers go.' }),
    field({
      name: 'unsubscribeUrl',
      label: 'Unsubscribe link',
      type: 'url',
      help: '{recipient} stands for the address. With https it also makes the one-click button (RFC 8058).',
    }),
    field({
      name: 'unsubscribeMailto',
      label: 'Unsubscribe address',
      type: 'email',
      help: 'Where mails that unsubscribe go.',
    }),
    field({
      name: 'listId',
      label: 'List id',
      type: 'text',
      help: 'Like news.example.org. Makes List-Id, and lets one sender have several lists.',
    }),
  ],
};
