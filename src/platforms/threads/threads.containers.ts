import { Injectable } from '@nestjs/common';
import {
  measureText,
  PublishError,
  type FailureItem,
  type PublishContext,
  type ReadContext,
  type WaitOptions,
} from '../core/index.js';
import type { ContainerState } from './threads.answers.js';
import { ThreadsClient } from './threads.client.js';
import { mediaFields, type ContainerFields, type Piece } from './threads.container.js';
import { containerFailure, mayBeRebuilt } from './threads.failures.js';
import { withLink } from './threads.text.js';

/** A type, not an interface, because it is stored in the ledger. */
type Made = { readonly id: string; readonly dropped: string[] };

/** How often a container is made before its failure counts. */
export const generations = 3;
/** Containers expire after 24 hours. */
const containerValidForMs = 22 * 60 * 60_000;
/** Videos are fetched in the background. */
const urlValidForMs = 6 * 60 * 60_000;
const processing: WaitOptions = {
  delaysMs: [2_000, 3_000, 5_000, 10_000, 15_000, 30_000, 60_000],
  giveUpAfterMs: 15 * 60_000,
};
const mostCharacters = 500;

/** Fields that a post can do without: refused with a code, dropped with a warning. */
const droppable: Readonly<Record<string, { readonly field: string; readonly warning: string }>> = {
  'threads.topic_tag_refused': {
    field: 'topic_tag',
    warning: 'Threads does not allow the topic; the post goes out without it.',
  },
  'threads.link_card_refused': {
    field: 'link_attachment',
    warning: 'Threads makes no card of the link; the post goes out with the link in its text.',
  },
};

/** Key of the step that makes the container of a commit, or of a file within it. */
export function containerStep(key: string, generation: number): string {
  return generation === 0 ? `container:${key}` : `container:${key}:again:${generation}`;
}

/** Makes containers, with those of their files, and waits until they can be published. */
@Injectable()
export class ThreadsContainers {
  constructor(private readonly client: ThreadsClient) {}

  /** Answers the id of a container that is finished. */
  async finished(ctx: PublishContext, piece: Piece, replyTo: string | null): Promise<string> {
    const children = await this.children(ctx, piece);
    return this.container(ctx, { key: piece.key }, async () => {
      const fields = await fieldsOf(ctx, piece, { children, replyTo });
      return this.create(ctx, fields);
    });
  }

  private async children(ctx: PublishContext, { key, media, mediaType }: Piece): Promise<string[]> {
    if (mediaType !== 'CAROUSEL') return [];
    const ids: string[] = [];
    for (const [mediaIndex, item] of media.entries()) {
      const where = { key: `${key}:${mediaIndex}`, item: { mediaIndex } };
      const id = await this.container(ctx, where, async () => {
        const url = await ctx.mediaUrl(item, { validForMs: urlValidForMs });
        return this.create(ctx, { ...mediaFields(item, url), is_carousel_item: 'true' });
      });
      ids.push(id);
    }
    return ids;
  }

  /** A container that failed for a reason that may pass is made anew. */
  private async container(
    ctx: PublishContext,
    { key, item = {} }: { key: string; item?: FailureItem },
    create: () => Promise<Made>,
  ): Promise<string> {
    let failed: ContainerState | null = null;
    for (let generation = 0; generation < generations; generation += 1) {
      const step = containerStep(key, generation);
      const { id, dropped } = await ctx.step(step, create, { validForMs: containerValidForMs });
      const state = await this.processed(ctx, id);
      if (state.status === 'FINISHED' || state.status === 'PUBLISHED') {
        for (const code of dropped) ctx.warn(warningOf(code));
        return id;
      }
      failed = state;
      if (!mayBeRebuilt(state)) break;
    }
    throw containerFailure(failed ?? { status: 'ERROR', errorMessage: null }).about(item);
  }

  private processed(ctx: PublishContext, id: string): Promise<ContainerState> {
    const look = async () => {
      const state = await this.client.container(await tokenOf(ctx), id);
      return state.status === 'IN_PROGRESS'
        ? ({ ready: false } as const)
        : ({ ready: true, value: state } as const);
    };
    return ctx.waitFor(`ready:${id}`, look, processing);
  }

  private async create(ctx: PublishContext, wanted: ContainerFields): Promise<Made> {
    const token = await tokenOf(ctx);
    const dropped: string[] = [];
    let fields = wanted;
    for (;;) {
      try {
        return { id: await this.client.createContainer(token, fields), dropped };
      } catch (error) {
        const code = error instanceof PublishError ? error.code : '';
        const field = droppable[code]?.field;
        if (field === undefined || fields[field] === undefined) throw error;
        fields = without(fields, field);
        dropped.push(code);
      }
    }
  }
}

async function fieldsOf(
  ctx: PublishContext,
  { text, media, mediaType, more }: Piece,
  links: { readonly children: readonly string[]; readonly replyTo: string | null },
): Promise<ContainerFields> {
  const [first] = media;
  const single = first !== undefined && media.length === 1;
  return {
    media_type: mediaType,
    ...(single ? mediaFields(first, await ctx.mediaUrl(first, { validForMs: urlValidForMs })) : {}),
    ...(text === '' ? {} : { text }),
    ...(links.children.length === 0 ? {} : { children: links.children.join(',') }),
    ...(links.replyTo === null ? {} : { reply_to_id: links.replyTo }),
    ...more,
  };
}

/** A link without its card goes into the text, where there is room for it. */
function without(fields: ContainerFields, name: string): ContainerFields {
  const { [name]: value = '', ...rest } = fields;
  if (name !== 'link_attachment') return rest;
  const text = withLink(rest['text'] ?? '', value);
  return measureText(text, 'emoji_bytes') <= mostCharacters ? { ...rest, text } : rest;
}

function warningOf(code: string): { code: string; message: string } {
  return { code: code.replace('threads.', ''), message: droppable[code]?.warning ?? code };
}

export async function tokenOf(ctx: Pick<ReadContext, 'credentials'>): Promise<string> {
  const { values } = await ctx.credentials();
  return values['accessToken'] ?? '';
}
