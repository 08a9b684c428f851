import type { JsonObject } from '../core/json.js';
import { requireAccess, requireChat } from './chat.access.js';
import type { BotMethod, MethodCall } from './method.operations.js';
import type { Bot, Chat } from './telegram.chats.js';
import { badRequest } from './telegram.errors.js';
import type { TelegramState } from './telegram.state.js';

const MOST_DELETED = 100;

/** What a client asks when it connects, and takes back when it deletes. */
export function chatMethods(state: TelegramState): readonly BotMethod[] {
  const silent = { visible: false, changes: false };
  return [
    { name: 'getMe', ...silent, fields: [], run: ({ bot }) => viewBot(bot) },
    {
      name: 'getChat',
      ...silent,
      fields: ['chat_id'],
      run: (call) => {
        const chat = requireChat(state, call);
        if (chat.username === null) requireAccess(chat, call.bot);
        return chat.view();
      },
    },
    {
      name: 'getChatMember',
      ...silent,
      fields: ['chat_id', 'user_id'],
      run: (call) => viewMember(requireChat(state, call), call),
    },
    {
      name: 'getChatMemberCount',
      ...silent,
      fields: ['chat_id'],
      run: (call) => {
        const chat = requireChat(state, call);
        requireAccess(chat, call.bot);
        return chat.members;
      },
    },
    {
      name: 'deleteMessage',
      visible: false,
      changes: true,
      fields: ['chat_id', 'message_id'],
      run: (call) => deleteMessage(state, requireChat(state, call), call),
    },
    {
      name: 'deleteMessages',
      visible: false,
      changes: true,
      fields: ['chat_id', 'message_ids[]'],
      run: (call) => deleteMessages(state, requireChat(state, call), call),
    },
  ];
}

function viewBot(bot: Bot): JsonObject {
  return { id: bot.id, is_bot: true, first_name: bot.name, username: bot.username };
}

const STATUS_OF = {
  administrator: 'administrator',
  no_post_right: 'administrator',
  member: 'member',
  restricted: 'restricted',
  left: 'left',
  kicked: 'kicked',
} as const;

function viewMember(chat: Chat, { input, bot }: MethodCall): JsonObject {
  if (chat.deleted || chat.bot !== bot || chat.standing === 'left' || chat.standing === 'kicked') {
    requireAccess(chat, bot);
  }
  if (input.integer('user_id') !== bot.id) throw badRequest('user not found');
  const member = { status: STATUS_OF[chat.standing], user: viewBot(bot) };
  if (chat.standing === 'restricted') return { ...member, is_member: true, can_send_messages: false };
  if (member.status !== 'administrator') return member;
  const can = chat.standing === 'administrator';
  const rights = { can_be_edited: false, can_edit_messages: can, can_delete_messages: can };
  return chat.type === 'channel'
    ? { ...member, ...rights, can_post_messages: can }
    : { ...member, ...rights };
}

function deleteMessage(state: TelegramState, chat: Chat, { input, bot }: MethodCall): boolean {
  requireAccess(chat, bot);
  const messageId = input.integer('message_id');
  if (messageId === undefined || !chat.messageIds.has(messageId)) {
    throw badRequest('message to delete not found');
  }
  return remove(state, chat, [messageId]);
}

/** Those that are not there are skipped. */
function deleteMessages(state: TelegramState, chat: Chat, { input, bot }: MethodCall): boolean {
  requireAccess(chat, bot);
  const asked = input.structure('message_ids');
  const ids = (Array.isArray(asked) ? asked : []).filter((id) => typeof id === 'number');
  if (ids.length < 1 || ids.length > MOST_DELETED) throw badRequest('message identifiers are not specified');
  return remove(
    state,
    chat,
    ids.filter((id) => chat.messageIds.has(id)),
  );
}

/** All or none. The sheet has no words for a refusal; these are the Bot API server's. */
function remove({ environment }: TelegramState, chat: Chat, ids: readonly number[]): boolean {
  const now = environment.clock.now();
  if (!ids.every((id) => chat.mayDelete(id, now))) throw badRequest("message can't be deleted");
  for (const id of ids) {
    chat.messageIds.delete(id);
    chat.removeMessage(id);
  }
  return true;
}
