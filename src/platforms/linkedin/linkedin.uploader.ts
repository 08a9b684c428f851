import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { sliceOf } from '../../common/http/index.js';
import {
  PublishError,
  textAt,
  type MediaItem,
  type PublishContext,
  type ReconcileContext,
  type WaitOptions,
  type WaitResult,
} from '../core/index.js';
import { LinkedinAssets, type AssetKind } from './linkedin.assets.js';
import type { Author } from './linkedin.author.js';

/** A file that is in no post yet is uploaded anew after that. */
const assetValidForMs = 12 * 60 * 60_000;
/** Longer than a video takes to go up and to be processed, shorter than its addresses live. */
const sessionValidForMs = 2 * 60 * 60_000;
/** How long a picture or document is given whose state the login may not ask for. */
const graceMs = 10_000;
const processing: WaitOptions = { delaysMs: [5_000, 5_000, 10_000, 15_000], giveUpAfterMs: 20 * 60_000 };

/** A type, not an interface, because it is stored in the ledger. */
type Asset = { readonly urn: string; readonly uploadedAt: number };

interface Upload {
  readonly ctx: PublishContext;
  readonly author: Author;
  readonly item: MediaItem;
  readonly kind: AssetKind;
  readonly index: number;
}

/** Brings the files of a post to LinkedIn and waits until they can be used. */
@Injectable()
export class LinkedinUploader {
  constructor(
    private readonly assets: LinkedinAssets,
    private readonly clock: Clock,
  ) {}

  /** URNs, in the order of the media. */
  async uploadAll(ctx: PublishContext, author: Author): Promise<string[]> {
    const uploads = ctx.content.media.map((item, index): Upload => ({
      ctx,
      author,
      item,
      kind: kindOf(item),
      index,
    }));
    const done: [Upload, Asset][] = [];
    for (const upload of uploads) {
      const asset = upload.kind === 'videos' ? await this.inParts(upload) : await this.whole(upload);
      done.push([upload, asset]);
    }
    for (const [upload, asset] of done) await this.untilReady(upload, asset);
    return done.map(([, { urn }]) => urn);
  }

  private whole({ ctx, author, item, kind, index }: Upload): Promise<Asset> {
    const send = async (): Promise<Asset> => {
      const token = await tokenOf(ctx);
      const session = await this.assets.begin(token, kind, { owner: author.urn, bytes: item.bytes });
      const [part] = session.parts;
      if (part !== undefined) await this.assets.uploadFile(token, part.uploadUrl, ctx.media(item));
      return { urn: session.urn, uploadedAt: this.clock.now().getTime() };
    };
    return ctx.step(assetKey(index), about(index, send), { validForMs: assetValidForMs });
  }

  /** Every part has an address of its own; their tags end the upload. */
  private async inParts({ ctx, author, item, kind, index }: Upload): Promise<Asset> {
    const file = { owner: author.urn, bytes: item.bytes };
    const session = await ctx.step(
      sessionKey(index),
      about(index, async () => this.assets.begin(await tokenOf(ctx), kind, file)),
      { validForMs: sessionValidForMs, secret: true },
    );
    const { urn } = session;
    const tags: string[] = [];
    for (const [no, { uploadUrl, first, last }] of session.parts.entries()) {
      const source = sliceOf(ctx.media(item), { first, last });
      const send = about(index, () => this.assets.uploadPart(uploadUrl, source));
      tags.push(await ctx.step(`media:${index}:${urn}:${no}`, send));
    }
    const finish = about(index, async () => {
      await this.assets.finish(await tokenOf(ctx), session, tags);
      return this.clock.now().getTime();
    });
    return { urn, uploadedAt: await ctx.step(`media:${index}:${urn}:end`, finish) };
  }

  private async untilReady({ ctx, author, kind, index }: Upload, { urn, uploadedAt }: Asset): Promise<void> {
    const mayAsk = author.readsAssets || kind === 'videos';
    const look = async (): Promise<WaitResult<boolean>> => {
      if (!mayAsk) {
        const over = this.clock.now().getTime() - uploadedAt >= graceMs;
        return over ? { ready: true, value: true } : { ready: false };
      }
      const state = await this.assets.state(await tokenOf(ctx), kind, urn);
      if (state === 'failed') throw processingFailed();
      return state === 'ready' ? { ready: true, value: true } : { ready: false };
    };
    await ctx.waitFor(`ready:${index}:${urn}`, about(index, look), processing);
  }
}

/** What the files of the post became, as far as they got there. */
export async function uploadedAssets(ctx: ReconcileContext): Promise<string[]> {
  const urns: string[] = [];
  for (const index of ctx.content.media.keys()) {
    const asset = (await ctx.remembered(assetKey(index))) ?? (await ctx.remembered(sessionKey(index)));
    urns.push(textAt(asset, 'urn') ?? '');
  }
  return urns;
}

function assetKey(index: number): string {
  return `media:${index}`;
}

function sessionKey(index: number): string {
  return `upload:${index}`;
}

function kindOf({ kind }: MediaItem): AssetKind {
  if (kind === 'video') return 'videos';
  return kind === 'document' ? 'documents' : 'images';
}

async function tokenOf(ctx: PublishContext): Promise<string> {
  const { values } = await ctx.credentials();
  return values['accessToken'] ?? '';
}

function processingFailed(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'linkedin.media_processing_failed',
    message: 'LinkedIn could not process the file.',
    remedy: 'Convert it to another type, or use another file.',
  });
}

/** Lets failures name the medium that they are about. */
function about<T>(mediaIndex: number, fn: () => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await fn();
    } catch (error) {
      throw error instanceof PublishError ? error.about({ mediaIndex }) : error;
    }
  };
}
