import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/database/index.js';
import type { Recipe } from '../../../platforms/core/index.js';
import type { Rendition, RenditionOrder } from './rendition.js';
import { RenditionQueue } from './rendition.queue.js';
import { RenditionsRepository } from './renditions.repository.js';

type Key = Pick<Rendition, 'sourceSha256' | 'recipeHash'>;

/** What other modules ask of renditions. Every method runs inside the caller's unit of work. */
@Injectable()
export class MediaRenditions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RenditionsRepository,
    private readonly queue: RenditionQueue,
  ) {}

  /** Has them made once the unit of work is committed; what is there or on its way already is not made again. */
  async order(orders: readonly RenditionOrder[]): Promise<void> {
    const wanted = unique(orders);
    for (const order of wanted) await this.repository.insert(order);
    for (const found of await this.findAll(wanted)) if (found.state === 'waiting') this.wake(found);
  }

  /** What could not be made is tried once more: the machine may have what it lacked. */
  async orderAgain(orders: readonly RenditionOrder[]): Promise<void> {
    for (const { id, state } of await this.findAll(orders)) {
      if (state === 'failed') await this.repository.reopen(id);
    }
    await this.order(orders);
  }

  /** Those of the keys that were ever ordered. */
  async findAll(keys: readonly Key[]): Promise<Rendition[]> {
    const wanted = new Set(keys.map(keyOf));
    const found = await this.repository.ofSources(keys.map((key) => key.sourceSha256));
    return found.filter((rendition) => wanted.has(keyOf(rendition)));
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
