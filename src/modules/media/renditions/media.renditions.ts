import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/database/index.js';
import {
  type MediaItem,
  type Recipe,
  renditionsOf,
  type TargetContent,
} from '../../../platforms/core/index.js';
import { MediaTools } from '../tools/media.tools.js';
import type { Rendition, RenditionOrder } from './rendition.js';
import { RenditionQueue } from './rendition.queue.js';
import { RenditionsRepository } from './renditions.repository.js';

type Key = Pick<Rendition, 'sourceSha256' | 'recipeHash'>;

export interface ResolvedContent {
  readonly content: TargetContent;
  /** What is still to be made. */
  readonly open: readonly Key[];
  readonly failed: readonly Rendition[];
}

/** What other modules ask of renditions. Every method runs inside the caller's unit of work. */
@Injectable()
export class MediaRenditions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RenditionsRepository,
    private readonly queue: RenditionQueue,
    private readonly tools: MediaTools,
  ) {}

  /**
   * Has them made once the unit of work is committed; what is there or on its way already is not made again. What failed is
   * tried anew, but not at once.
   */
  async order(orders: readonly RenditionOrder[]): Promise<void> {
    const wanted = unique(orders);
    for (const order of wanted) await this.repository.insert(order);
    const failed = (await this.findAll(wanted)).filter(({ state }) => state === 'failed');
    if (failed.length > 0) await this.repository.reopen(failed.map(({ id }) => id));
    for (const found of await this.findAll(wanted)) if (found.state === 'waiting') this.wake(found);
  }

  /** Of the keys, what could not be made a short time ago. */
  async failedLately(keys: readonly Key[]): Promise<Rendition[]> {
    const failed = (await this.findAll(keys)).filter(({ state }) => state === 'failed');
    const lately = new Set(await this.repository.failedLately(failed.map(({ id }) => id)));
    return failed.filter(({ id }) => lately.has(id));
  }

  /** Those of the keys that were ever ordered. */
  async findAll(keys: readonly Key[]): Promise<Rendition[]> {
    const wanted = new Set(keys.map(keyOf));
    const found = await this.repository.ofSources(keys.map((key) => key.sourceSha256));
    return found.filter((rendition) => wanted.has(keyOf(rendition)));
  }

  /** The content with what was made of its files in their place, as far as it is ready. */
  async resolve(content: TargetContent): Promise<ResolvedContent> {
    const wanted = renditionsOf(content);
    if (wanted.length === 0) return { content, open: [], failed: [] };
    const found = await this.findAll(wanted);
    const byKey = new Map(found.map((rendition) => [keyOf(rendition), rendition]));
    const missing = wanted.filter((key) => !byKey.has(keyOf(key)));
    if (missing.length > 0) await this.order(missing);
    const put = (item: MediaItem): MediaItem => {
      const made = item.rendition === undefined ? undefined : byKey.get(keyOf(item.rendition));
      return made === undefined ? item : asMade(item, made);
    };
    return {
      content: {
        ...content,
        media: content.media.map(put),
        thread: content.thread.map((part) => ({ ...part, media: part.media.map(put) })),
      },
      open: [...found.filter(({ state }) => state === 'waiting' || state === 'running'), ...missing],
      failed: found.filter(({ state }) => state === 'failed'),
    };
  }

  /** Why this process could not follow a recipe; null when it can. */
  whyNot(recipe: Recipe, mimeType: string): string | null {
    const needsVideo = recipe.make === 'video' || (recipe.make === 'clean' && mimeType.startsWith('video/'));
    const ffmpeg = needsVideo ? this.tools.find('ffmpeg') : null;
    return ffmpeg?.path === null ? ffmpeg.reason : null;
  }

  /** Everything that was made of these bytes, oldest first. */
  ofSource(sha256: string): Promise<Rendition[]> {
    return this.repository.ofSources([sha256]);
  }

  private wake({ id: renditionId, wakeNo, recipe }: Rendition): void {
    const { workspaceId } = this.unitOfWork;
    this.unitOfWork.afterCommit(() => this.queue.add({ workspaceId, renditionId, wakeNo }, isLarge(recipe)));
  }
}

/** As it came out; what it is called and means stays. */
function asMade(
  item: MediaItem,
  { sha256, mimeType, bytes, width, height, durationMs }: Rendition,
): MediaItem {
  if (sha256 === null || mimeType === null || bytes === null) return item;
  return { ...item, sha256, mimeType, bytes, width, height, durationMs: durationMs ?? item.durationMs };
}

function isLarge(recipe: Recipe): boolean {
  return recipe.make === 'video' && recipe.source === 'video';
}

function keyOf({ sourceSha256, recipeHash }: Key): string {
  return `${sourceSha256} ${recipeHash}`;
}

/** In one order everywhere, so that two who order the same do not wait for each other. */
function unique(orders: readonly RenditionOrder[]): RenditionOrder[] {
  const byKey = new Map(orders.map((order) => [keyOf(order), order]));
  return [...byKey.keys()].toSorted().flatMap((key) => byKey.get(key) ?? []);
}
