import type { MethodCall } from './method.operations.js';
import type { Bot, Chat } from './telegram.chats.js';
import { badRequest, forbidden, tooManyRequests } from './telegram.errors.js';
import type { TelegramState } from './telegram.state.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** The chat that the call names. */
export function requireChat(state: TelegramState, call: MethodCall): Chat {
  const { input, bot } = call;
  const name = input.text('chat_id') ?? '';
  if (name === '') throw badRequest('chat_id is empty');
  const chat = state.findChat(name);
  if (!chat || (chat.bot !== bot && chat.username === null)) throw badRequest('chat not found');
  call.actsAs(chat.accountId);
  if (chat.migratedTo !== null) {
    const parameters = { migrate_to_chat_id: chat.migratedTo };
    throw badRequest('group chat was upgraded to a supergroup chat', parameters);
  }
  return chat;
}

export function requireAccess(chat: Chat, bot: Bot): void {
  if (chat.deleted) throw forbidden('the group chat was deleted');
  if (chat.bot !== bot || chat.standing === 'left')
    throw forbidden(`bot is not a member of the ${chat.label}`);
  if (chat.standing === 'kicked') throw forbidden(`bot was kicked from the ${chat.label}`);
}

/** A chat that the bot may write to. */
export function requireWritableChat(state: TelegramState, call: MethodCall): Chat {
  const chat = requireChat(state, call);
  requireAccess(chat, call.bot);
  if (chat.type === 'channel' && chat.standing === 'member') {
    throw badRequest('need administrator rights in the channel chat');
  }
  if (chat.standing === 'no_post_right') {
    throw badRequest('not enough rights to send text messages to the chat');
  }
  if (chat.standing === 'restricted') throw badRequest('have no rights to send a message');
  return chat;
}

/** Telegram's unpublished limits; nothing was sent when they strike. */
export function requireRate(state: TelegramState, chat: Chat, messages: number): void {
  const { perChatPerMinute, perBotPerSecond } = state.settings;
  const limits = [
    { name: 'chat', key: chat.accountId, points: perChatPerMinute, windowMs: MINUTE_MS },
    { name: 'bot', key: chat.bot.username, points: perBotPerSecond, windowMs: SECOND_MS },
  ];
  for (const { key, ...limit } of limits.filter(({ points }) => points > 0)) {
    const { exceeded, resetAt } = state.limiter.take(key, limit, messages);
    if (!exceeded) continue;
    throw tooManyRequests(Math.max(1, Math.ceil((resetAt - state.environment.clock.now()) / SECOND_MS)));
  }
}
