import twitterText from 'twitter-text';
import type { Violation } from '../../common/errors/index.js';
import { measureText, type TargetContent } from '../core/index.js';
import { mediaOfPart } from './x.post.js';
import { readXSettings } from './x.settings.js';
import { composePartText } from './x.text.js';

/** What X refuses beside lengths and files. Pointers are relative to the target. */
export function checkRules(content: TargetContent, maxText: number): Violation[] {
  const parts = Array.from({ length: 1 + content.thread.length }, (_, part) => part);
  const { firstComment } = readXSettings(content.settings);
  return [
    ...parts.flatMap((part) => checkWords(composePartText(content, part), pointerOf(part))),
    ...(firstComment === null ? [] : checkComment(firstComment, maxText)),
    ...checkTogether(content),
    ...checkNeeds(content),
  ];
}

function pointerOf(part: number): string {
  return part === 0 ? '/text' : `/thread/${part - 1}/text`;
}

function checkWords(text: string, pointer: string): Violation[] {
  const cashtags = twitterText.extractCashtags(text);
  const violations: Violation[] = [];
  if (twitterText.hasInvalidCharacters(text)) {
    violations.push({
      pointer,
      rule: 'text_invalid',
      message: 'X does not take a text with characters that are none (such as U+FFFE).',
      remedy: 'Type the text anew, or remove what cannot be seen.',
    });
  }
  if (cashtags.length > 1) {
    violations.push({
      pointer,
      rule: 'too_many_cashtags',
      message: `X takes one cashtag in a post; this text has ${cashtags.length}.`,
      limit: 1,
      actual: cashtags.length,
      remedy: 'Write all but one of them without the dollar sign.',
    });
  }
  return violations;
}

function checkComment(text: string, limit: number): Violation[] {
  const pointer = '/settings/firstComment';
  const actual = measureText(text, 'weighted');
  const long: Violation = {
    pointer,
    rule: 'text_too_long',
    message: `X takes at most ${limit} characters as it weighs them; the first comment has ${actual}.`,
    limit,
    actual,
    remedy: `Shorten it by ${actual - limit}.`,
  };
  return [...(actual > limit ? [long] : []), ...checkWords(text, pointer)];
}

/** Media, a poll and a quoted post exclude each other. */
function checkTogether(content: TargetContent): Violation[] {
  const { poll, quote } = readXSettings(content.settings);
  const present = [
    ...(mediaOfPart(content, 0).length > 0 ? ['media'] : []),
    ...(poll === null ? [] : ['poll']),
    ...(quote === null ? [] : ['quote']),
  ];
  if (present.length < 2) return [];
  return [
    {
      pointer: poll === null ? '/settings/quote' : '/settings/poll',
      rule: 'excludes_each_other',
      message: `A post on X has either media, a poll or a quoted post; this one has ${present.join(' and ')}.`,
      limit: 1,
      actual: present.length,
      remedy: `Keep one of them: ${present.join(', ')}.`,
    },
  ];
}

function checkNeeds(content: TargetContent): Violation[] {
  const { shareWithFollowers, communityId, taggedUserIds } = readXSettings(content.settings);
  const violations: Violation[] = [];
  if (shareWithFollowers !== null && communityId === null) {
    violations.push({
      pointer: '/settings/shareWithFollowers',
      rule: 'needs_community',
      message: 'Only a post in a community can be shared with followers as well.',
      remedy: 'Set communityId, or leave shareWithFollowers out.',
    });
  }
  if (taggedUserIds.length > 0 && content.media.length === 0) {
    violations.push({
      pointer: '/settings/taggedUserIds',
      rule: 'needs_media',
      message: 'People are tagged in media, and this post has none.',
      remedy: 'Add a picture, or mention the people in the text.',
    });
  }
  return violations;
}
