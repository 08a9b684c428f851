import type { Violation } from '../../common/errors/index.js';
import type { TargetContent } from '../core/index.js';
import type { Author } from './linkedin.author.js';
import { readLinkedinSettings } from './linkedin.settings.js';
import { composeText } from './linkedin.text.js';
import { toLittleText } from './little.text.js';

/** Of the text with its escapes: 3,000 is what the documents say, 4,000 what LinkedIn refuses. */
const maxEscaped = 4000;

/** What cannot be said by limits. */
export function checkPost(content: TargetContent, author: Author): Violation[] {
  return [
    ...checkEscaped(content),
    ...checkTogether(content),
    ...checkLink(content),
    ...checkAudience(content, author),
  ];
}

function checkEscaped(content: TargetContent): Violation[] {
  const actual = toLittleText(composeText(content)).length;
  if (actual <= maxEscaped) return [];
  return [
    {
      pointer: '/text',
      rule: 'text_too_long',
      message: `LinkedIn takes at most ${maxEscaped} characters with those that escape others (such as "_" or "#"); these are ${actual}.`,
      limit: maxEscaped,
      actual,
      remedy: 'Shorten the text, or use fewer special characters.',
    },
  ];
}

/** A poll, or another post, takes the place of everything else. */
function checkTogether({ media, settings }: TargetContent): Violation[] {
  const { poll, reshareOf } = readLinkedinSettings(settings);
  const instead = poll === null ? reshareOf : 'poll';
  if (instead === null) return [];
  const name = poll === null ? 'reshareOf' : 'poll';
  const violations: Violation[] = [];
  if (media.length > 0) {
    violations.push({
      pointer: '/media',
      rule: `${name === 'poll' ? 'poll' : 'reshare'}_with_media`,
      message: `LinkedIn takes no media beside ${name === 'poll' ? 'a poll' : 'a post that is shared'}.`,
      limit: 0,
      actual: media.length,
      remedy: `Give this target \`"media": []\`, or remove the setting ${name}.`,
    });
  }
  if (poll !== null && reshareOf !== null) {
    violations.push({
      pointer: '/settings/poll',
      rule: 'poll_with_reshare',
      message: 'LinkedIn takes no poll beside a post that is shared.',
      remedy: 'Remove one of the two settings.',
    });
  }
  return violations;
}

function checkLink({ link, settings }: TargetContent): Violation[] {
  const { linkThumbnail } = readLinkedinSettings(settings);
  if (!linkThumbnail || link !== null) return [];
  return [
    {
      pointer: '/settings/linkThumbnail',
      rule: 'link_required',
      message: 'There is no link whose card could have the picture.',
      remedy: 'Give the post a link, or remove the setting linkThumbnail.',
    },
  ];
}

function checkAudience({ settings }: TargetContent, { kind }: Author): Violation[] {
  const { visibility } = readLinkedinSettings(settings);
  if (kind === 'person' || visibility !== 'connections') return [];
  return [
    {
      pointer: '/settings/visibility',
      rule: 'visibility_for_people',
      message: 'An organization has followers, no connections.',
      limit: ['public', 'logged_in'],
      actual: visibility,
      remedy: 'Choose public or logged_in.',
    },
  ];
}
