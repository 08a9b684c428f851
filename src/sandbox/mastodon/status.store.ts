import type { JsonObject } from '../core/json.js';
import type { SandboxClock } from '../core/sandbox.clock.js';
import type { Poll } from './poll.checks.js';

const KEY_LIFETIME_MS = 3_600_000;

export interface Thumbnail {
  readonly bytes: Buffer;
  readonly mimeType: string;
}

export interface Attachment {
  readonly id: string;
  readonly accountId: string;
  readonly kind: 'image' | 'video' | 'gifv' | 'audio';
  readonly mimeType: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
  description: string | null;
  focus: readonly [number, number] | null;
  /** The picture that stands for it until it is played. */
  readonly thumbnail: Thumbnail | null;
  /** Looks left until it is ready. */
  pollsLeft: number;
  failed: boolean;
  statusId: string | null;
}

export interface Status {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: string;
  readonly inReplyToId: string | null;
  readonly visibility: string;
  readonly quotedId: string | null;
  readonly quotePolicy: string;
  readonly application: { readonly name: string; readonly website: string | null } | null;
  text: string;
  spoiler: string;
  sensitive: boolean;
  language: string | null;
  mediaIds: readonly string[];
  poll: Poll | null;
  editedAt: string | null;
}

/** Statuses, media and remembered keys of the instance. */
export class StatusStore {
  readonly statuses = new Map<string, Status>();
  readonly media = new Map<string, Attachment>();
  private readonly keys = new Map<string, { id: string; body: JsonObject | null; expiresAt: number }>();
  private lastId = 0n;

  constructor(private readonly clock: SandboxClock) {}

  /** Ids are numbers that grow with time, written as strings. */
  nextId(): string {
    const id = BigInt(this.clock.now()) << 16n;
    this.lastId = id > this.lastId ? id : this.lastId + 1n;
    return String(this.lastId);
  }

  attachments(status: Status): Attachment[] {
    return status.mediaIds.flatMap((id) => this.media.get(id) ?? []);
  }

  /** What a key stands for; it is remembered for an hour after success. */
  remembered(accountId: string, key: string): { id: string; body: JsonObject | null } | null {
    const found = this.keys.get(`${accountId} ${key}`);
    return found && found.expiresAt > this.clock.now() ? found : null;
  }

  remember(accountId: string, key: string, result: { id: string; body: JsonObject | null }): void {
    this.keys.set(`${accountId} ${key}`, { ...result, expiresAt: this.clock.now() + KEY_LIFETIME_MS });
  }

  reset(): void {
    this.statuses.clear();
    this.media.clear();
    this.keys.clear();
  }
}
