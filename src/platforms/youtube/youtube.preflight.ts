import type { Violation } from '../../common/errors/index.js';
import type { TargetContent } from '../core/index.js';
import { readYoutubeSettings } from './youtube.settings.js';
import { descriptionOf, filesOf, lengthOfTags, titleOf } from './youtube.video.js';

const longestTags = 500;

/** What cannot be said by limits. */
export function checkVideo(content: TargetContent): Violation[] {
  return [
    ...checkFile(content),
    ...checkTitle(content),
    ...checkBrackets(content),
    ...checkTags(content),
    ...checkComment(content),
  ];
}

function checkFile(content: TargetContent): Violation[] {
  if (content.media.length === 0 || filesOf(content).video !== null) return [];
  return [
    {
      pointer: '/media',
      rule: 'video_required',
      message: 'YouTube shows videos; a picture is what a video is shown by.',
      remedy: 'Add a video.',
    },
  ];
}

function checkTitle(content: TargetContent): Violation[] {
  if (titleOf(content).trim() !== '') return [];
  return [
    {
      pointer: '/settings/title',
      rule: 'title_required',
      message: 'A video has a title.',
      remedy: 'Set title, or write a text: its first line becomes the title.',
    },
  ];
}

function checkBrackets(content: TargetContent): Violation[] {
  if (!/[<>]/.test(descriptionOf(content))) return [];
  return [
    {
      pointer: '/text',
      rule: 'forbidden_characters',
      message: 'YouTube takes no < and no > in the description.',
      limit: ['<', '>'],
      remedy: 'Give this target a text without them.',
    },
  ];
}

function checkTags({ settings }: TargetContent): Violation[] {
  const actual = lengthOfTags(readYoutubeSettings(settings).tags);
  if (actual <= longestTags) return [];
  return [
    {
      pointer: '/settings/tags',
      rule: 'tags_too_long',
      message: `All tags together have at most ${longestTags} characters, with commas and quotation marks; these have ${actual}.`,
      limit: longestTags,
      actual,
      remedy: 'Remove some of them.',
    },
  ];
}

function checkComment({ settings }: TargetContent): Violation[] {
  const { madeForKids, firstComment } = readYoutubeSettings(settings);
  if (!madeForKids || firstComment === null) return [];
  return [
    {
      pointer: '/settings/firstComment',
      rule: 'comment_on_video_for_kids',
      message: 'Nobody can comment on a video that is made for children.',
      remedy: 'Remove one of the two settings.',
    },
  ];
}
