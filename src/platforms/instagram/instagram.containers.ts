import { Injectable } from '@nestjs/common';
import {
  PublishError,
  type MediaItem,
  type PublishContext,
  type ReadContext,
  type WaitOptions,
} from '../core/index.js';
import type { ContainerState } from './instagram.answers.js';
import { InstagramClient } from './instagram.client.js';
import { carouselFields, childFields, kindOf, singleFields } from './instagram.container.js';
import { containerFailure, generations, mayBeRebuilt } from './instagram.failures.js';
import type { GraphParams } from './instagram.graph.js';
import { accessOf, type InstagramAccess } from './instagram.login.js';

/** A type, not an interface, because it is stored in the ledger. */
type Made = { readonly id: string; readonly upload: boolean };

interface Wanted {
  /** Of the step that makes it. */
  readonly key: string;
  readonly make: () => Promise<Made>;
  /** The file that it is made of; left out for the carousel as a whole. */
  readonly item?: { readonly index: number; readonly file: MediaItem };
}

/** Containers expire after 24 hours. */
const containerValidForMs = 22 * 60 * 60_000;
/** Videos are fetched in the background. */
const urlValidForMs = 6 * 60 * 60_000;
const pictures: WaitOptions = {
  delaysMs: [3_000, 5_000, 10_000, 30_000, 60_000],
  giveUpAfterMs: 15 * 60_000,
};
const films: WaitOptions = { delaysMs: [10_000, 20_000, 30_000, 60_000], giveUpAfterMs: 30 * 60_000 };

/** Key of the step that makes the container of the post, or of a file within it. */
export function containerStep(key: string, generation: number): string {
  return generation === 0 ? `container:${key}` : `container:${key}:again:${generation}`;
}

/** Makes containers, with those of their files, and waits until they can be published. */
@Injectable()
export class InstagramContainers {
  constructor(private readonly client: InstagramClient) {}

  /** Answers the id of a container that is finished. */
  async finished(ctx: PublishContext): Promise<string> {
    const { content } = ctx;
    const [file] = content.media;
    if (file === undefined) throw new Error('preflight lets no post pass that has no file');
    if (kindOf(content) !== 'carousel') return this.single(ctx, file);
    const children: string[] = [];
    for (const [index, child] of content.media.entries()) {
      const make = async () => {
        const url = await ctx.mediaUrl(child, { validForMs: urlValidForMs });
        return this.create(ctx, childFields(content, index, child, url));
      };
      children.push(
        await this.container(ctx, { key: `part:0:${index}`, make, item: { index, file: child } }),
      );
    }
    return this.container(ctx, {
      key: 'part:0',
      make: () => this.create(ctx, carouselFields(content, children)),
    });
  }

  private single(ctx: PublishContext, file: MediaItem): Promise<string> {
    const make =
      kindOf(ctx.content) === 'reel' ? () => this.createReel(ctx, file) : () => this.createPulled(ctx, file);
    return this.container(ctx, { key: 'part:0', make, item: { index: 0, file } });
  }

  /** A container that failed for a reason that may pass is made anew. */
  private async container(ctx: PublishContext, wanted: Wanted): Promise<string> {
    const { key, make, item } = wanted;
    for (let generation = 0; generation < generations; generation += 1) {
      try {
        const made = await ctx.step(containerStep(key, generation), make, {
          validForMs: containerValidForMs,
        });
        if (made.upload && item !== undefined) await this.upload(ctx, made.id, item.file);
        const state = await this.processed(ctx, made.id, item?.file);
        if (state.status === 'FINISHED' || state.status === 'PUBLISHED') return made.id;
        const failure = containerFailure(state);
        if (!mayBeRebuilt(failure, generation + 1)) throw failure;
      } catch (error) {
        throw error instanceof PublishError && item !== undefined
          ? error.about({ mediaIndex: item.index })
          : error;
      }
    }
    throw new Error(`no container was made more often than ${generations} times`);
  }

  private processed(ctx: PublishContext, id: string, file: MediaItem | undefined): Promise<ContainerState> {
    const look = async () => {
      const state = await this.client.container(await access(ctx), id);
      return state.status === 'IN_PROGRESS'
        ? ({ ready: false } as const)
        : ({ ready: true, value: state } as const);
    };
    return ctx.waitFor(`ready:${id}`, look, file?.kind === 'video' ? films : pictures);
  }

  /** Whole, and once more from its beginning when it was interrupted. */
  private async upload(ctx: PublishContext, id: string, file: MediaItem): Promise<void> {
    const send = async () => {
      try {
        await this.client.upload(await access(ctx), id, ctx.media(file));
      } catch (error) {
        if (!(error instanceof PublishError) || error.code !== 'instagram.upload_refused') throw error;
        // What is refused may have come through all the same: the container knows.
        const { status } = await this.client.container(await access(ctx), id);
        if (status !== 'FINISHED') throw error;
      }
      return file.bytes;
    };
    await ctx.step(`bytes:${id}`, send, { validForMs: containerValidForMs });
  }

  /** By bytes; where the Instagram Login does not take them, by an address if there is one. */
  private async createReel(ctx: PublishContext, file: MediaItem): Promise<Made> {
    const by = await access(ctx);
    try {
      const made = await this.create(ctx, singleFields(ctx.content, file, 'upload'));
      return { ...made, upload: true };
    } catch (error) {
      if (by.login === 'facebook' || !refusesUploads(error)) throw error;
      return this.createPulled(ctx, file);
    }
  }

  private async createPulled(ctx: PublishContext, file: MediaItem): Promise<Made> {
    const url = await ctx.mediaUrl(file, { validForMs: urlValidForMs });
    return this.create(ctx, singleFields(ctx.content, file, { url }));
  }

  private async create(ctx: PublishContext, params: GraphParams): Promise<Made> {
    const id = await this.client.createContainer(await access(ctx), ctx.account.externalId, params);
    return { id, upload: false };
  }
}

const uploadRefusals = ['instagram.parameter_invalid', 'instagram.media_type_invalid'];

function refusesUploads(error: unknown): boolean {
  return error instanceof PublishError && uploadRefusals.includes(error.code);
}

async function access(ctx: Pick<ReadContext, 'credentials'>): Promise<InstagramAccess> {
  return accessOf(await ctx.credentials());
}
