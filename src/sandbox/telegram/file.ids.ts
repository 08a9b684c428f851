import { createHash } from 'node:crypto';
import type { InboxMedia } from '../core/inbox.js';
import type { MediaStore } from '../core/media.store.js';
import type { Bot } from './telegram.chats.js';

export const FILE_KINDS = ['photo', 'video', 'animation', 'audio', 'document'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** A file that Telegram has. Its id is good for the same bot and the same kind of message. */
export interface StoredFile {
  readonly fileId: string;
  readonly botId: number;
  readonly kind: FileKind;
  readonly sha256: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly filename: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

export interface NewFile {
  readonly kind: FileKind;
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly filename: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

export class FileIds {
  private files = new Map<string, StoredFile>();

  constructor(private readonly media: MediaStore) {}

  reset(): void {
    this.files = new Map();
  }

  store(bot: Bot, file: NewFile): StoredFile {
    const { sha256 } = this.media.put(file.bytes, file.mimeType);
    const digest = createHash('sha256').update(`${bot.id} ${file.kind} ${sha256}`).digest('base64url');
    const fileId = `${file.kind === 'photo' ? 'AgACAgQ' : 'BAACAgQ'}${digest}`;
    const { kind, mimeType, filename, width, height } = file;
    const bytes = file.bytes.length;
    const stored: StoredFile = {
      fileId,
      botId: bot.id,
      sha256,
      kind,
      mimeType,
      bytes,
      filename,
      width,
      height,
    };
    this.files.set(fileId, stored);
    return stored;
  }

  find(bot: Bot, kind: FileKind, fileId: string): StoredFile | undefined {
    const file = this.files.get(fileId);
    return file?.botId === bot.id && file.kind === kind ? file : undefined;
  }
}

/** The file as the inbox shows it. Telegram knows no alternative text. */
export function toInboxMedia(file: StoredFile): InboxMedia {
  return {
    kind: inboxKind(file),
    mimeType: file.mimeType,
    bytes: file.bytes,
    alt: null,
    sha256: file.sha256,
    ...(file.width === null ? {} : { width: file.width }),
    ...(file.height === null ? {} : { height: file.height }),
    ...(file.filename === null ? {} : { filename: file.filename }),
  };
}

function inboxKind({ kind, mimeType }: StoredFile): InboxMedia['kind'] {
  switch (kind) {
    case 'photo':
      return 'image';
    case 'animation':
      return mimeType.startsWith('image/') ? 'gif' : 'video';
    case 'video':
    case 'audio':
      return kind;
    case 'document':
      return 'file';
  }
}
