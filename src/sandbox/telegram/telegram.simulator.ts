import { stringAt, type JsonObject } from '../core/json.js';
import {
  InvalidInput,
  type SandboxAccount,
  type Simulator,
  type SimulatorEnvironment,
} from '../core/simulator.js';
import { chatMethods } from './chat.methods.js';
import { methodOperations } from './method.operations.js';
import { sendAlbumMethod } from './send.album.js';
import { sendMediaMethods } from './send.media.js';
import { sendMessageMethod } from './send.message.js';
import { sendPollMethod } from './send.poll.js';
import { CHAT_TYPES, type Chat } from './telegram.chats.js';
import { renderTelegramError } from './telegram.errors.js';
import { changeSettings } from './telegram.settings.js';
import { TelegramState } from './telegram.state.js';

/** The Bot API. An account is a chat that a bot writes to; a bot cannot read what lies in it. */
export function createTelegramSimulator(environment: SimulatorEnvironment): Simulator {
  const state = new TelegramState(environment);
  const methods = [
    ...chatMethods(state),
    sendMessageMethod(state),
    sendPollMethod(state),
    ...sendMediaMethods(state),
    sendAlbumMethod(state),
  ];
  return {
    key: 'telegram',
    name: 'Telegram',
    hosts: ['API'],
    operations: methods.flatMap((method) => methodOperations(state, method)),
    reset: () => state.reset(),
    inbox: () =>
      state.chats
        .flatMap((chat) => [...chat.posts.values()])
        .sort((one, other) => one.createdAt.localeCompare(other.createdAt)),
    accounts: () => state.chats.filter(({ migratedTo }) => migratedTo === null).map(describeChat),
    createAccount: (input) =>
      describeChat('chat' in input ? renewToken(state, input) : createChat(state, input)),
    endTokens: (account) => {
      const chat = state.findChat(account);
      if (chat) chat.bot.revoked = true;
      return chat !== undefined;
    },
    configure: (settings) => changeSettings(state, settings),
    renderError: renderTelegramError,
  };
}

function describeChat(chat: Chat): SandboxAccount {
  return {
    id: chat.accountId,
    name: chat.title,
    credentials: {
      botToken: chat.bot.token,
      chat: chat.username === null ? chat.accountId : `@${chat.username}`,
    },
    details: { chatId: chat.id, type: chat.type, username: chat.username, bot: chat.bot.username },
  };
}

/** `{chat}`: the bot of a chat gets a new token, and the old one ends. */
function renewToken(state: TelegramState, input: JsonObject): Chat {
  const chat = state.findChat(stringAt(input, 'chat') ?? '');
  if (!chat || Object.keys(input).length > 1) throw new InvalidInput('account: chat must name a chat, alone');
  state.renewToken(chat.bot);
  return chat;
}

/** `{type, title, username, newBot}`, all of them optional. */
function createChat(state: TelegramState, input: JsonObject): Chat {
  const strangers = Object.keys(input).filter(
    (key) => !['type', 'title', 'username', 'newBot'].includes(key),
  );
  if (strangers.length > 0) throw new InvalidInput(`account: unknown ${strangers.join(', ')}`);
  const type = CHAT_TYPES.find((known) => known === (input['type'] ?? 'channel'));
  if (type === undefined) throw new InvalidInput(`account: type must be one of ${CHAT_TYPES.join(', ')}`);
  const username = stringAt(input, 'username') ?? null;
  if (username !== null && state.findChat(`@${username}`)) {
    throw new InvalidInput(`account: @${username} is there already`);
  }
  const title = stringAt(input, 'title') ?? `Chat ${state.chats.length + 1}`;
  const [seeded] = state.bots;
  const bot = input['newBot'] === true || seeded === undefined ? state.addBot() : seeded;
  return state.addChat({ type, title, username, bot });
}
