import type { Violation } from '../../common/errors/index.js';
import type { TargetContent } from '../core/index.js';
import { blocksOf } from './tumblr.post.js';
import { readTumblrSettings } from './tumblr.settings.js';

const mostBlocks = 1000;

/** What is no limit of a text or a file by itself. */
export function checkPost(content: TargetContent): Violation[] {
  const { columns } = readTumblrSettings(content.settings);
  const blocks = blocksOf(content).length;
  const isSeveral = content.media.filter(({ kind }) => kind === 'image' || kind === 'gif').length > 1;
  return [
    ...(blocks > mostBlocks ? [tooManyBlocks(blocks)] : []),
    ...(columns > 1 && !isSeveral ? [nothingBeside] : []),
  ];
}

function tooManyBlocks(actual: number): Violation {
  return {
    pointer: '/text',
    rule: 'too_many_paragraphs',
    message: `Tumblr takes at most ${mostBlocks} blocks, and each paragraph, file and card is one; this post has ${actual}.`,
    limit: mostBlocks,
    actual,
    remedy: 'Join paragraphs, or shorten the text.',
  };
}

const nothingBeside: Violation = {
  pointer: '/settings/columns',
  rule: 'setting_not_applicable',
  message: 'Only several pictures can stand beside each other.',
  remedy: 'Remove "columns", or add pictures.',
};
