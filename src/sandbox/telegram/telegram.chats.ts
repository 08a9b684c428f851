import type { InboxEntry } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';

export interface Bot {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  token: string;
  revoked: boolean;
}

export const CHAT_TYPES = ['channel', 'supergroup', 'group'] as const;
export type ChatType = (typeof CHAT_TYPES)[number];

/** What the bot is in the chat. `no_post_right`: an administrator who may not post. `restricted`: a muted member. */
export const STANDINGS = [
  'administrator',
  'no_post_right',
  'member',
  'restricted',
  'left',
  'kicked',
] as const;
export type Standing = (typeof STANDINGS)[number];

const OWN_MESSAGE_MS = 48 * 3_600_000;
const SUPERGROUP_OFFSET = 1_000_000_000_000;

/** Ids of channels and supergroups are written as -100…; those of basic groups are not. */
export function chatIdOf(type: ChatType, number: number): number {
  return type === 'group' ? -number : -(SUPERGROUP_OFFSET + number);
}

export class Chat {
  standing: Standing;
  /** The id of the supergroup that this group has become. */
  migratedTo: number | null = null;
  deleted = false;
  /** What is visible, by its first message. */
  readonly posts = new Map<number, InboxEntry>();
  /** When each message was sent, in milliseconds. */
  readonly messageIds = new Map<number, number>();
  private lastMessageId: number;

  constructor(
    readonly id: number,
    readonly type: ChatType,
    readonly title: string,
    readonly username: string | null,
    readonly bot: Bot,
    readonly members: number,
    firstMessageId = 1,
  ) {
    this.standing = type === 'channel' ? 'administrator' : 'member';
    this.lastMessageId = firstMessageId - 1;
  }

  /** The id as `accounts()` and the inbox name the chat. */
  get accountId(): string {
    return String(this.id);
  }

  /** As error texts name it: `channel chat`. */
  get label(): string {
    return `${this.type} chat`;
  }

  nextMessageId(now: number): number {
    this.lastMessageId += 1;
    this.messageIds.set(this.lastMessageId, now);
    return this.lastMessageId;
  }

  /** Takes one message out of what people see; of an album the rest stays. */
  removeMessage(messageId: number): void {
    for (const [first, post] of this.posts) {
      const ids = post.extra['messageIds'];
      const index = Array.isArray(ids) ? ids.indexOf(messageId) : -1;
      if (!Array.isArray(ids) || index === -1) continue;
      if (ids.length === 1) {
        this.posts.delete(first);
        continue;
      }
      const messageIds = ids.filter((id) => id !== messageId);
      const media = post.media.filter((_, position) => position !== index);
      this.posts.set(first, { ...post, media, extra: { ...post.extra, messageIds } });
    }
  }

  /** A plain member's own message may be taken back for 48 hours; who administers the chat is not bound. */
  mayDelete(messageId: number, now: number): boolean {
    if (this.standing === 'administrator') return true;
    const sentAt = this.messageIds.get(messageId) ?? now;
    return this.type !== 'channel' && now - sentAt <= OWN_MESSAGE_MS;
  }

  permalink(messageId: number): string | null {
    if (this.username !== null) return `https://t.me/${this.username}/${messageId}`;
    if (this.type === 'group') return null;
    return `https://t.me/c/${-this.id - SUPERGROUP_OFFSET}/${messageId}`;
  }

  view(): JsonObject {
    const base = { id: this.id, type: this.type, title: this.title };
    return this.username === null ? base : { ...base, username: this.username };
  }
}
