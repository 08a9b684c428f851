import { Injectable } from '@nestjs/common';
import {
  hasMark,
  type OpenCommit,
  type ReconcileContext,
  type ReconcileResult,
  type TargetContent,
} from '../core/index.js';
import type { SeenPin } from './pinterest.answers.js';
import { pinterestCapabilities } from './pinterest.capabilities.js';
import { PinterestClient } from './pinterest.client.js';
import { altTextOf, resultOf } from './pinterest.pin.js';
import { readPinterestSettings } from './pinterest.settings.js';
import { tokenOf } from './pinterest.token.js';

/** The newest first is not promised, so that one page is never enough; more than these nobody pins within a look. */
const fewestPages = 2;
const mostPages = 20;

/** Looks on the board for the pin that a call with a lost answer may have made. */
@Injectable()
export class PinterestLookup {
  constructor(private readonly client: PinterestClient) {}

  async look(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    // Nothing says that the list of a board has what is in its sections.
    const { boardId, sectionId } = readPinterestSettings(ctx.content.settings);
    const since = commit.firstStartedAt.getTime() - pinterestCapabilities.reconcile.clockToleranceMs;
    const key = ctx.commitKey(commit.key);
    let bookmark: string | null = null;
    let isOlderSeen = false;
    for (let pages = 1; pages <= mostPages; pages += 1) {
      const page = await this.client.pinsOf(await tokenOf(ctx), { boardId, sectionId }, bookmark);
      for (const pin of page.items) {
        if (pin.createdAt.getTime() < since) {
          isOlderSeen = true;
          continue;
        }
        const mark = pin.isOwn ? markOf(pin, ctx.content, key) : null;
        if (mark === null || (await ctx.isTaken(pin.id))) continue;
        const evidence = { mark, createdAt: pin.createdAt.toISOString() };
        return { verdict: 'found', result: resultOf(pin.id), evidence };
      }
      bookmark = page.bookmark;
      if (bookmark === null || (isOlderSeen && pages >= fewestPages)) {
        return { verdict: 'absent', evidence: { pages } };
      }
    }
    return { verdict: 'cannot_tell', reason: 'The board has got too many pins since the call.' };
  }
}

/** By what a pin is ours: the mark in its link; without it, everything that was said and what it shows. */
export function markOf(pin: SeenPin, content: TargetContent, commitKey: string): 'link' | 'text' | null {
  if (hasMark(pin.link, commitKey)) return 'link';
  const { title } = readPinterestSettings(content.settings);
  const isSame =
    pin.link === content.link &&
    same(pin.title, title ?? '') &&
    same(pin.description, content.text) &&
    same(pin.altText, altTextOf(content)) &&
    (pin.mediaType === null || pin.mediaType === mediaTypeOf(content));
  return isSame ? 'text' : null;
}

function mediaTypeOf({ media }: TargetContent): string {
  if (media.some(({ kind }) => kind === 'video')) return 'video';
  return media.length > 1 ? 'multiple_images' : 'image';
}

function same(shown: string, sent: string): boolean {
  const plain = (text: string): string => text.normalize('NFC').replace(/\r\n/g, '\n').trim();
  return plain(shown) === plain(sent);
}
