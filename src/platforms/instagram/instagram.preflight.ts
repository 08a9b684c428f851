import type { Violation } from '../../common/errors/index.js';
import type { AccountRef, TargetContent } from '../core/index.js';
import { kindOf, type PostKind } from './instagram.container.js';
import { lacksPermission } from './instagram.login.js';
import { readInstagramSettings } from './instagram.settings.js';
import { composeCaption, hashtagsOf, mentionsOf } from './instagram.text.js';

const most = { hashtags: 30, mentions: 20 };

/** Settings that only some kinds of post have. */
const applicable: Readonly<Record<string, readonly PostKind[]>> = {
  firstComment: ['image', 'reel', 'carousel'],
  commentsOff: ['image', 'reel', 'carousel'],
  collaborators: ['image', 'reel', 'carousel'],
  userTags: ['image', 'reel', 'carousel'],
  aiGenerated: ['image', 'reel', 'carousel'],
  locationId: ['image', 'carousel'],
  shareToFeed: ['reel', 'carousel'],
  coverUrl: ['reel'],
  coverOffsetMs: ['reel'],
  audioName: ['reel'],
  trial: ['reel'],
};

const words: Readonly<Record<PostKind, string>> = {
  image: 'a single picture',
  reel: 'a reel',
  story: 'a story',
  carousel: 'a carousel',
};

/** What the limits of the capabilities cannot say. */
export function checkInstagram(content: TargetContent, account: AccountRef): Violation[] {
  return [
    ...checkCounts(content),
    ...checkApplicable(content),
    ...checkTags(content),
    ...checkPermission(content, account),
  ];
}

function checkCounts(content: TargetContent): Violation[] {
  const caption = composeCaption(content);
  const counted = [
    ['hashtags', hashtagsOf(caption).length],
    ['mentions', mentionsOf(caption).length],
  ] as const;
  return counted.flatMap(([what, actual]): Violation[] => {
    if (actual <= most[what]) return [];
    return [
      {
        pointer: '/text',
        rule: `too_many_${what}`,
        message: `Instagram takes at most ${most[what]} ${what} in a caption; this one has ${actual}.`,
        limit: most[what],
        actual,
        remedy: 'Leave some of them out, or put them into `firstComment`.',
      },
    ];
  });
}

function checkApplicable(content: TargetContent): Violation[] {
  if (content.media.length === 0) return [];
  const kind = kindOf(content);
  return Object.entries(applicable)
    .filter(([name, kinds]) => isSet(content.settings[name]) && !kinds.includes(kind))
    .map(([name]) => ({
      pointer: `/settings/${name}`,
      rule: 'setting_not_applicable',
      message: `Instagram has no "${name}" for ${words[kind]}.`,
      remedy: `Remove "${name}", or choose another format.`,
    }));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false;
}

/** People are tagged at a place on pictures, and without one on videos. */
function checkTags({ media, settings }: TargetContent): Violation[] {
  return readInstagramSettings(settings).userTags.flatMap(({ x, y, item }, index): Violation[] => {
    const pointer = `/settings/userTags/${index}`;
    const file = media[item];
    if (file === undefined) {
      return [
        {
          pointer: `${pointer}/item`,
          rule: 'no_such_item',
          message: `The post has no file ${item}.`,
          limit: Math.max(0, media.length - 1),
          actual: item,
          remedy: 'Count the files from 0.',
        },
      ];
    }
    const placed = x !== null && y !== null;
    if (file.kind === 'image' ? placed : x === null && y === null) return [];
    return [
      {
        pointer,
        rule: 'tag_place',
        message:
          file.kind === 'image'
            ? 'A person on a picture needs a place on it.'
            : 'People are tagged on videos without a place.',
        remedy: file.kind === 'image' ? 'Give x and y, each from 0 to 1.' : 'Remove x and y.',
      },
    ];
  });
}

function checkPermission({ settings }: TargetContent, account: AccountRef): Violation[] {
  const { firstComment, commentsOff } = readInstagramSettings(settings);
  if (!lacksPermission(account, 'manage_comments')) return [];
  const needing = [
    ...(firstComment === null ? [] : ['firstComment']),
    ...(commentsOff ? ['commentsOff'] : []),
  ];
  return needing.map((name) => ({
    pointer: `/settings/${name}`,
    rule: 'permission_missing',
    message: 'The account was connected without the permission to manage comments.',
    remedy: 'Connect the account again and leave that permission ticked, or publish without this.',
  }));
}
