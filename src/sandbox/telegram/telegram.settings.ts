import type { JsonObject, JsonValue } from '../core/json.js';
import { isJsonObject } from '../core/json.js';
import { InvalidInput } from '../core/simulator.js';
import { STANDINGS, type Standing } from './telegram.chats.js';
import type { TelegramState } from './telegram.state.js';

export interface AlbumFailure {
  /** The item (from 1) that fails; the ones before it are sent. */
  readonly item: number;
  readonly error: string;
}

export interface TelegramSettings {
  /** Messages to one chat in a minute; 0: as many as you like. */
  readonly perChatPerMinute: number;
  /** Messages of one bot in a second; 0: as many as you like. */
  readonly perBotPerSecond: number;
  /** The next album fails in the middle. */
  readonly albumFailure: AlbumFailure | null;
  /** So many of the next messages are sent, and answered with "was immediately deleted". */
  readonly immediatelyDeleted: number;
}

export const DEFAULT_SETTINGS: TelegramSettings = {
  perChatPerMinute: 0,
  perBotPerSecond: 0,
  albumFailure: null,
  immediatelyDeleted: 0,
};

const DEFAULT_ALBUM_ERROR = 'Too Many Requests: retry after 8';

/**
 * Changes what is named. `chats` changes chats, by account id or `@username`: `{ "standing": "kicked" }`,
 * `{ "deleted": true }`, `{ "upgrade": true }` for a group that becomes a supergroup.
 */
export function changeSettings(state: TelegramState, input: JsonObject): JsonObject {
  const { chats, ...rest } = input;
  const strangers = Object.keys(rest).filter((key) => !(key in DEFAULT_SETTINGS));
  if (strangers.length > 0) throw new InvalidInput(`settings: unknown ${strangers.join(', ')}`);
  const current = state.settings;
  const settings: TelegramSettings = {
    perChatPerMinute: readCount(rest, 'perChatPerMinute', current.perChatPerMinute),
    perBotPerSecond: readCount(rest, 'perBotPerSecond', current.perBotPerSecond),
    immediatelyDeleted: readCount(rest, 'immediatelyDeleted', current.immediatelyDeleted),
    albumFailure:
      'albumFailure' in rest ? readAlbumFailure(rest['albumFailure'] ?? null) : current.albumFailure,
  };
  if (chats !== undefined) changeChats(state, chats);
  state.settings = settings;
  return viewSettings(state);
}

function viewSettings(state: TelegramState): JsonObject {
  const { albumFailure, ...counts } = state.settings;
  const chats = state.chats.map((chat) => [
    chat.accountId,
    { standing: chat.standing, deleted: chat.deleted, migratedTo: chat.migratedTo },
  ]);
  return {
    ...counts,
    albumFailure: albumFailure === null ? null : { ...albumFailure },
    chats: Object.fromEntries(chats) as JsonObject,
  };
}

function readCount(input: JsonObject, name: string, current: number): number {
  const value = input[name] ?? current;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new InvalidInput(`settings: ${name} must be a whole number from 0`);
}

function readAlbumFailure(value: JsonValue): AlbumFailure | null {
  if (value === null) return null;
  const { item, error = DEFAULT_ALBUM_ERROR } = isJsonObject(value) ? value : {};
  if (typeof item !== 'number' || typeof error !== 'string') {
    throw new InvalidInput('settings: albumFailure needs item, and may have error');
  }
  return { item, error };
}

function changeChats(state: TelegramState, chats: JsonValue): void {
  if (!isJsonObject(chats)) throw new InvalidInput('settings: chats must be an object');
  for (const [name, change] of Object.entries(chats)) {
    const chat = state.findChat(name);
    if (!chat) throw new InvalidInput(`settings: no chat ${name}`);
    if (!isJsonObject(change)) throw new InvalidInput(`settings: chats.${name} must be an object`);
    const { standing = chat.standing, deleted = chat.deleted, upgrade = false } = change;
    if (typeof deleted !== 'boolean' || (upgrade === true && chat.type !== 'group')) {
      throw new InvalidInput(`settings: chats.${name} cannot become that`);
    }
    chat.standing = readStanding(standing);
    chat.deleted = deleted;
    if (upgrade === true && chat.migratedTo === null) state.upgrade(chat);
  }
}

function readStanding(value: JsonValue): Standing {
  const standing = STANDINGS.find((known) => known === value);
  if (standing === undefined) {
    throw new InvalidInput(`settings: standing must be one of ${STANDINGS.join(', ')}`);
  }
  return standing;
}
