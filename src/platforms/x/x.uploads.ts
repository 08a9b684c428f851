import { Injectable } from '@nestjs/common';
import {
  type FailureItem,
  type MediaItem,
  orLeaveOut,
  type PublishContext,
  PublishError,
  type ReconcileContext,
  textAt,
  uploadInChunks,
} from '../core/index.js';
import type { UploadedMedium } from './x.answers.js';
import { XClient, type MediaCategory, type XFile } from './x.client.js';
import { mediaOfPart } from './x.post.js';
import { tokenOf } from './x.token.js';

/** Uploads live for a day. */
const validForMs = 12 * 60 * 60_000;
/** At most 1,000 segments of at most 5 MB; the documents use 1 MB. */
const chunkBytes = 1_000_000;
const laterLooksMs = [2_000, 5_000, 10_000, 15_000];
const giveUpAfterMs = 30 * 60_000;

/** Brings the files of a post to X. Nothing of it is visible. */
@Injectable()
export class XUploads {
  constructor(private readonly client: XClient) {}

  /** Ids of the media of a part, ready to be posted. */
  async uploadPart(ctx: PublishContext, part: number): Promise<string[]> {
    const ids: string[] = [];
    for (const [index, item] of mediaOfPart(ctx.content, part).entries()) {
      const where = { threadPart: part, mediaIndex: index };
      const medium = await about(where, () => this.uploadItem(ctx, `${part}:${index}`, item));
      ids.push(medium.id);
    }
    return ids;
  }

  private async uploadItem(ctx: PublishContext, where: string, item: MediaItem): Promise<UploadedMedium> {
    const medium =
      item.kind === 'image' ? await this.whole(ctx, where, item) : await this.chunked(ctx, where, item);
    const { altText } = item;
    if (item.kind !== 'video' && altText !== null && altText !== '') {
      const describe = async () => {
        await this.client.describeMedium(await tokenOf(ctx), medium.id, altText);
        return true;
      };
      await orLeaveOut(ctx, 'alt_text', () => ctx.step(`alt:${where}:${medium.id}`, describe));
    }
    return medium;
  }

  private whole(ctx: PublishContext, where: string, item: MediaItem): Promise<UploadedMedium> {
    const upload = async (): Promise<UploadedMedium> =>
      this.client.uploadImage(await tokenOf(ctx), fileOf(ctx, item));
    return ctx.step(stepOf(where), upload, { validForMs });
  }

  private async chunked(ctx: PublishContext, where: string, item: MediaItem): Promise<UploadedMedium> {
    const file = fileOf(ctx, item);
    const category: MediaCategory = item.kind === 'gif' ? 'tweet_gif' : 'tweet_video';
    const begin = async (): Promise<UploadedMedium> =>
      this.client.initializeUpload(await tokenOf(ctx), file, category);
    const session = await ctx.step(stepOf(where), begin, { validForMs });
    await uploadInChunks(ctx, {
      key: `chunk:${where}:${session.id}`,
      source: file.source,
      chunkBytes,
      send: async ({ index, source }) =>
        this.client.appendUpload(await tokenOf(ctx), session.id, index, { ...file, source }),
    });
    const end = async (): Promise<UploadedMedium> =>
      this.client.finalizeUpload(await tokenOf(ctx), session.id);
    const medium = await ctx.step(`finalize:${where}:${session.id}`, end);
    if (medium.checkAfterMs !== null) await this.waitUntilReady(ctx, where, medium);
    return medium;
  }

  private waitUntilReady(
    ctx: PublishContext,
    where: string,
    { id, checkAfterMs }: UploadedMedium,
  ): Promise<boolean> {
    const look = async () => {
      const { checkAfterMs: more } = await this.client.mediaStatus(await tokenOf(ctx), id);
      return more === null ? ({ ready: true, value: true } as const) : ({ ready: false } as const);
    };
    const delaysMs = [checkAfterMs ?? 1_000, ...laterLooksMs];
    return ctx.waitFor(`ready:${where}:${id}`, look, { delaysMs, giveUpAfterMs });
  }
}

/** The media keys of a part that was uploaded: the strongest mark of a post. Null: one was not. */
export async function uploadedKeys(ctx: ReconcileContext, part: number): Promise<string[] | null> {
  const keys: string[] = [];
  for (const index of mediaOfPart(ctx.content, part).keys()) {
    const key = textAt(await ctx.remembered(stepOf(`${part}:${index}`)), 'mediaKey');
    if (key === null) return null;
    keys.push(key);
  }
  return keys;
}

/** Step that gives a medium its id and its key. */
function stepOf(where: string): string {
  return `media:${where}`;
}

function fileOf(ctx: PublishContext, item: MediaItem): XFile {
  const { mimeType, fileName } = item;
  return { source: ctx.media(item), mimeType, fileName };
}

/** Lets failures name the part and the medium that they are about. */
export async function about<T>(item: FailureItem, fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (error) {
    throw error instanceof PublishError ? error.about(item) : error;
  }
}
