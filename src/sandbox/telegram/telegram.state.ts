import { RateLimiter } from '../core/rate.limiter.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { Chat, chatIdOf, type Bot, type ChatType } from './telegram.chats.js';
import { FileIds } from './file.ids.js';
import { DEFAULT_SETTINGS, type TelegramSettings } from './telegram.settings.js';

const FIRST_BOT_ID = 7_000_000_001;
const FIRST_CHAT_NUMBER = 2_000_000_001;
const SEEDED_MEMBERS = 1284;

export interface NewChat {
  readonly type: ChatType;
  readonly title: string;
  readonly username: string | null;
  readonly bot: Bot;
}

/** Bots, chats and what lies in them. */
export class TelegramState {
  bots: Bot[] = [];
  chats: Chat[] = [];
  settings: TelegramSettings = DEFAULT_SETTINGS;
  readonly files: FileIds;
  readonly limiter: RateLimiter;
  private mediaGroups = 0;
  private polls = 0;
  private renewals = 0;

  constructor(readonly environment: SimulatorEnvironment) {
    this.files = new FileIds(environment.media);
    this.limiter = new RateLimiter(environment.clock);
    this.reset();
  }

  reset(): void {
    this.bots = [];
    this.chats = [];
    this.settings = DEFAULT_SETTINGS;
    this.files.reset();
    this.limiter.reset();
    this.mediaGroups = 0;
    this.polls = 0;
    this.renewals = 0;
    const bot = this.addBot();
    this.addChat({ type: 'channel', title: 'Fanfare News', username: 'fanfare_news', bot });
    this.addChat({ type: 'channel', title: 'Fanfare Insiders', username: null, bot });
    this.addChat({ type: 'group', title: 'Fanfare Team', username: null, bot });
  }

  /** The first bot is `fanfare_bot`; the same bots have the same tokens in every run. */
  addBot(): Bot {
    const number = this.bots.length + 1;
    const id = FIRST_BOT_ID + number - 1;
    const suffix = number === 1 ? '' : `_${number}`;
    const token = tokenOf(id, `sandbox-token-of-bot-${number}`);
    const bot: Bot = {
      id,
      username: `fanfare${suffix}_bot`,
      name: `Fanfare Bot ${number}`,
      token,
      revoked: false,
    };
    this.bots.push(bot);
    return bot;
  }

  /** What /revoke at @BotFather gives: the same bot with another token. */
  renewToken(bot: Bot): void {
    this.renewals += 1;
    bot.token = tokenOf(bot.id, `renewed-token-${this.renewals}`);
    bot.revoked = false;
  }

  addChat({ type, title, username, bot }: NewChat): Chat {
    const number = FIRST_CHAT_NUMBER + this.chats.length;
    const chat = new Chat(chatIdOf(type, number), type, title, username, bot, SEEDED_MEMBERS);
    this.chats.push(chat);
    return chat;
  }

  /** The group becomes a supergroup: a new chat, while the old id answers with the new one. */
  upgrade(group: Chat): Chat {
    const supergroup = this.addChat({
      type: 'supergroup',
      title: group.title,
      username: null,
      bot: group.bot,
    });
    group.migratedTo = supergroup.id;
    return supergroup;
  }

  /** By id, as number or text, or by `@username`. */
  findChat(name: string): Chat | undefined {
    if (!name.startsWith('@')) return this.chats.find(({ id }) => String(id) === name);
    const username = name.slice(1).toLowerCase();
    return this.chats.find((chat) => chat.username?.toLowerCase() === username);
  }

  nextMediaGroupId(): string {
    this.mediaGroups += 1;
    return String(13_800_000_000_000_000n + BigInt(this.mediaGroups));
  }

  nextPollId(): string {
    this.polls += 1;
    return String(5_300_000_000_000_000_000n + BigInt(this.polls));
  }
}

function tokenOf(botId: number, name: string): string {
  return `${botId}:AAF${name.padEnd(32, '_')}`;
}
