import type { Violation } from '../../common/errors/index.js';
import { measureText, textsAt, type AccountRef, type TargetContent } from '../core/index.js';
import { readThreadsSettings } from './threads.settings.js';
import { composePartText, linksOf } from './threads.text.js';

const maxLinks = 5;
const maxCharacters = 500;
/** Settings that Threads takes with text alone. */
const textOnly = ['poll', 'textAttachment', 'gif', 'ghost'];

/** What the limits of the capabilities cannot say. */
export function checkThreads(content: TargetContent, account: AccountRef): Violation[] {
  return [
    ...checkLinks(content),
    ...checkTextOnly(content),
    ...checkSpoilers(content),
    ...checkComment(content),
    ...checkPermissions(content, account),
  ];
}

function checkLinks(content: TargetContent): Violation[] {
  const parts = Array.from({ length: 1 + content.thread.length }, (_, part) => part);
  return parts.flatMap((part) => {
    const actual = linksOf(content, part).length;
    if (actual <= maxLinks) return [];
    return [
      {
        pointer: part === 0 ? '/text' : `/thread/${part - 1}/text`,
        rule: 'too_many_links',
        message: `Threads takes at most ${maxLinks} different links in a post; this one has ${actual}.`,
        limit: maxLinks,
        actual,
        remedy: 'Leave some of them out, or put them into a further part of the thread.',
      },
    ];
  });
}

function checkTextOnly({ media, settings }: TargetContent): Violation[] {
  if (media.length === 0) return [];
  return textOnly
    .filter((name) => settings[name] !== undefined && settings[name] !== false)
    .map((name) => ({
      pointer: `/settings/${name}`,
      rule: 'text_only',
      message: `Threads takes "${name}" only in posts without media.`,
      remedy: 'Give this target `"media": []`, or remove the setting.',
    }));
}

function checkSpoilers(content: TargetContent): Violation[] {
  const { spoilers, spoilerMedia } = readThreadsSettings(content.settings);
  const text = composePartText(content, 0);
  const missing = spoilers.flatMap((passage, index) =>
    text.includes(passage)
      ? []
      : [
          {
            pointer: `/settings/spoilers/${index}`,
            rule: 'spoiler_not_in_text',
            message: 'The text does not have this passage.',
            remedy: 'Write it as it stands in the text, letter by letter.',
          },
        ],
  );
  if (!spoilerMedia || content.media.length > 0) return missing;
  return [
    ...missing,
    {
      pointer: '/settings/spoilerMedia',
      rule: 'media_required',
      message: 'There are no media to blur.',
      remedy: 'Add media, or remove the setting.',
    },
  ];
}

function checkComment({ settings }: TargetContent): Violation[] {
  const { firstComment } = readThreadsSettings(settings);
  const actual = measureText(firstComment ?? '', 'emoji_bytes');
  if (actual <= maxCharacters) return [];
  return [
    {
      pointer: '/settings/firstComment',
      rule: 'text_too_long',
      message: `Threads takes at most ${maxCharacters} characters (an emoji counts as its bytes); this has ${actual}.`,
      limit: maxCharacters,
      actual,
      remedy: `Shorten it by ${actual - maxCharacters}.`,
    },
  ];
}

function checkPermissions({ thread, settings }: TargetContent, { metadata }: AccountRef): Violation[] {
  const missing = textsAt(metadata, 'missingScopes');
  const { firstComment, locationId } = readThreadsSettings(settings);
  const needed = [
    ...(thread.length > 0 ? [['/thread', 'threads_manage_replies'] as const] : []),
    ...(firstComment === null ? [] : [['/settings/firstComment', 'threads_manage_replies'] as const]),
    ...(locationId === null ? [] : [['/settings/locationId', 'threads_location_tagging'] as const]),
  ];
  return needed
    .filter(([, scope]) => missing.includes(scope))
    .map(([pointer, scope]) => ({
      pointer,
      rule: 'permission_missing',
      message: `The account was connected without ${scope}.`,
      remedy: 'Connect the account again and leave that permission ticked, or publish without this.',
    }));
}
