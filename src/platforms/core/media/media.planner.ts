import type { MediaLimit } from '../capabilities.js';
import type { MediaKind } from './media-kind.js';
import { planImage } from './image.planner.js';
import { asItIs, impossible, type MediaPlan, type PlanWish } from './media-plan.js';
import { type BrokenRule, brokenRules } from './media-rules.js';
import { planAnimation, planVideo } from './video.planner.js';

/**
 * What has to be done to a file so that a platform takes it: nothing, a rendition, or it cannot be. Pure: the same facts,
 * limits and choice give the same recipe. What no limit speaks of stays as it is, and preflight says so.
 */
export function planMedia(wish: PlanWish): MediaPlan {
  const { facts } = wish;
  switch (facts.kind) {
    case 'image':
      return facts.details.animated === true ? planMoving(wish, 'image') : planStill(wish);
    case 'gif':
      return facts.details.animated === false ? planStillGif(wish) : planMoving(wish, 'gif');
    case 'video': {
      const limit = limitOf(wish, 'video');
      return limit === undefined ? asItIs : planVideo(wish, limit);
    }
    case 'audio':
    case 'document':
      return planWhole(wish, facts.kind);
  }
}

/** What is never written anew: it fits or it does not. */
function planWhole(wish: PlanWish, kind: 'audio' | 'document'): MediaPlan {
  const limit = limitOf(wish, kind);
  const broken = limit === undefined ? [] : brokenRules(wish.facts, limit);
  return broken.length === 0 ? asItIs : impossible(broken);
}

function planStill(wish: PlanWish): MediaPlan {
  const limit = limitOf(wish, 'image');
  return limit === undefined ? asItIs : planImage(wish, limit);
}

/** A GIF of one frame is an image to whoever takes no GIFs. */
function planStillGif(wish: PlanWish): MediaPlan {
  const own = limitOf(wish, 'gif');
  if (own !== undefined && brokenRules(wish.facts, own).length === 0) return asItIs;
  const limit = limitOf(wish, 'image');
  return limit === undefined ? asItIs : planImage(wish, limit);
}

/** What moves goes out moving: as it is, else as a video. A platform that has neither gets no first frame in its place. */
function planMoving(wish: PlanWish, kind: 'image' | 'gif'): MediaPlan {
  const { facts } = wish;
  const own = limitOf(wish, kind);
  const broken = own === undefined ? [] : brokenRules(facts, own);
  if (own !== undefined && broken.length === 0) return kind === 'image' ? planImage(wish, own) : asItIs;
  const limit = own?.kind === 'gif' && takesMp4(own) ? own : limitOf(wish, 'video');
  const because =
    broken.length > 0 ? broken.map(({ message }) => message) : ['Moving pictures are taken as video only.'];
  if (limit !== undefined && takesMp4(limit)) return planAnimation(wish, limit, because);
  if (own !== undefined) return impossible(broken.length > 0 ? broken : [stillOnly]);
  return limitOf(wish, 'image') === undefined ? asItIs : impossible([stillOnly]);
}

const stillOnly: BrokenRule = {
  rule: 'media_animated',
  message: 'Moving pictures are not taken, and a still one in its place would not be what was meant.',
  remedy: 'Give this target a still picture.',
};

function takesMp4({ mimeTypes }: MediaLimit): boolean {
  return mimeTypes.includes('video/mp4');
}

function limitOf({ limits }: PlanWish, kind: MediaKind): MediaLimit | undefined {
  return limits.find((limit) => limit.kind === kind);
}
