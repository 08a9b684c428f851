import type { Violation } from '../../common/errors/index.js';
import type { MediaDescription } from '../media/index.js';
import type { MediaRef, PostBase, TargetOverrides, WrittenPart } from './post.js';

type Known = ReadonlyMap<string, MediaDescription>;

/** Media that do not exist or cannot be used yet, wherever the post names them. */
export function checkMediaRefs(
  base: PostBase,
  targets: readonly TargetOverrides[],
  known: Known,
): Violation[] {
  return [
    ...checkLists(base.media, base.thread, '', known),
    ...targets.flatMap((target, index) =>
      checkLists(target.media ?? [], target.thread ?? [], `/targets/${index}`, known),
    ),
  ];
}

function checkLists(
  media: readonly MediaRef[],
  thread: readonly WrittenPart[],
  pointer: string,
  known: Known,
): Violation[] {
  return [
    ...checkList(media, `${pointer}/media`, known),
    ...thread.flatMap((part, index) => checkList(part.media, `${pointer}/thread/${index}/media`, known)),
  ];
}

function checkList(media: readonly MediaRef[], pointer: string, known: Known): Violation[] {
  return media.flatMap((ref, index) => {
    const broken = problemOf(known.get(ref.id));
    return broken === null ? [] : [{ pointer: `${pointer}/${index}/id`, ...broken }];
  });
}

function problemOf(
  found: MediaDescription | undefined,
): Pick<Violation, 'rule' | 'message' | 'remedy'> | null {
  if (found === undefined) {
    return {
      rule: 'media_unknown',
      message: 'There is no such file.',
      remedy: 'Upload it with POST /api/v1/media and use the id of the answer.',
    };
  }
  switch (found.state) {
    case 'ready':
      return null;
    case 'processing':
      return {
        rule: 'media_not_ready',
        message: 'The file is still being read.',
        remedy: 'Wait until its state is ready.',
      };
    case 'rejected':
      return { rule: 'media_rejected', message: 'The file cannot be used.', remedy: 'Upload another one.' };
  }
}
