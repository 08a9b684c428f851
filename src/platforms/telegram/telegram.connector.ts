import {
  BaseConnector,
  PlatformConnector,
  PublishError,
  type AccountCheck,
  type AccountRef,
  type ConnectableAccount,
  type ConnectDescriptor,
  type Credentials,
} from '../core/index.js';
import type { TelegramBot, TelegramChat, TelegramMembership } from './telegram.answers.js';
import { parseChatRef } from './telegram.chat-ref.js';
import { TelegramClient } from './telegram.client.js';
import { requireToken } from './telegram.token.js';

const descriptor: ConnectDescriptor = {
  method: 'token_form',
  fields: [
    {
      name: 'botToken',
      label: 'Bot token',
      type: 'password',
      required: true,
      secret: true,
      help: 'Make a bot with @BotFather in Telegram and copy the token that it shows.',
    },
    {
      name: 'chat',
      label: 'Channel or group',
      type: 'text',
      required: true,
      secret: false,
      help: '@name or link of the public channel or group, or its numeric id. Add the bot first: to a channel as an administrator with the right to post messages.',
    },
  ],
};

/** Connects one chat that a bot may post to. Every method only reads. */
@PlatformConnector('telegram')
export class TelegramConnector extends BaseConnector {
  override readonly descriptor = descriptor;

  constructor(private readonly client: TelegramClient) {
    super();
  }

  override async completeForm(
    values: Readonly<Record<string, string>>,
  ): Promise<readonly ConnectableAccount[]> {
    const botToken = requireToken(values['botToken']);
    const chatRef = parseChatRef(values['chat'] ?? '');
    if (chatRef === null) throw chatInvalid();
    const { bot, chat } = await this.lookUp(botToken, chatRef);
    return [
      {
        externalId: String(chat.id),
        ...describe(bot, chat),
        credentials: { botToken },
        expiresAt: null,
      },
    ];
  }

  override async check(account: AccountRef, credentials: Credentials): Promise<AccountCheck> {
    const botToken = requireToken(credentials.values['botToken']);
    const { bot, chat } = await this.lookUp(botToken, account.externalId);
    return describe(bot, chat);
  }

  private async lookUp(botToken: string, chatRef: string): Promise<{ bot: TelegramBot; chat: TelegramChat }> {
    const bot = await this.client.getMe(botToken);
    const chat = await this.client.getChat(botToken, chatRef);
    if (chat.type !== 'private') {
      const membership = await this.client.getChatMember(botToken, chat.id, bot.id);
      const problem = membershipProblem(chat, membership);
      if (problem !== null) throw problem;
    }
    return { bot, chat };
  }
}

function describe(bot: TelegramBot, chat: TelegramChat): AccountCheck {
  return {
    displayName: chat.title === '' ? String(chat.id) : chat.title,
    handle: chat.username === null ? null : `@${chat.username}`,
    avatarUrl: null,
    metadata: {
      chatType: chat.type,
      chatUsername: chat.username,
      isForum: chat.isForum,
      botId: bot.id,
      botUsername: bot.username,
    },
  };
}

/** Why a bot of this membership can not post; null when it can. */
export function membershipProblem(chat: TelegramChat, member: TelegramMembership): PublishError | null {
  if (member.status === 'left' || member.status === 'kicked') return notMember();
  if (member.status === 'creator') return null;
  if (chat.type === 'channel') {
    return member.status === 'administrator' && member.mayPost ? null : mayNotPost();
  }
  if (member.status === 'administrator') return null;
  const muted = member.status === 'restricted' ? !member.maySend : chat.membersMaySend === false;
  return muted ? mayNotPost() : null;
}

function notMember(): PublishError {
  return new PublishError({
    kind: 'auth_expired',
    code: 'telegram.access_lost',
    message: 'The bot is not in this chat.',
    remedy: 'Add the bot to the chat, to a channel as an administrator, and connect again.',
  });
}

function mayNotPost(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'telegram.permission_missing',
    message: 'The bot may not post in this chat.',
    remedy: 'Give it the right to post messages (channel administrator) or to send messages (group).',
  });
}

function chatInvalid(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'telegram.chat_invalid',
    message: 'This is no name, link or id of a Telegram chat.',
    remedy: 'Write @name of a public channel or group, or the numeric id (channels: -100…).',
  });
}
