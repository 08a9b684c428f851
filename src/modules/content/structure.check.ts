import type { Violation } from '../../common/errors/index.js';
import { isRecord } from '../../platforms/core/index.js';
import type { PostBase, TargetOverrides } from './post.js';

/** Links that are no web address, anywhere in the post. */
export function checkLinks(base: PostBase, targets: readonly TargetOverrides[]): Violation[] {
  return [
    ...checkLink(base.link, '/link'),
    ...targets.flatMap((target, index) => checkLink(target.link, `/targets/${index}/link`)),
  ];
}

function checkLink(link: string | null, pointer: string): Violation[] {
  if (link === null || link.trim() === '') return [];
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return [];
  return [
    {
      pointer,
      rule: 'link_invalid',
      message: 'The link is not a web address.',
      actual: link.slice(0, 200),
      remedy: 'Give a whole address that starts with https://.',
    },
  ];
}

/** Texts that PostgreSQL cannot keep: U+0000 and halves of surrogate pairs. */
export function checkStorable(value: unknown, pointer = ''): Violation[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [unstorable(pointer)];
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => checkStorable(item, `${pointer}/${index}`));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const inside = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return isStorable(key) ? checkStorable(member, inside) : [unstorable(pointer)];
  });
}

function isStorable(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
}

function unstorable(pointer: string): Violation {
  return {
    pointer,
    rule: 'text_invalid',
    message: 'The text holds characters that are no text: U+0000 or half of a surrogate pair.',
    remedy: 'Remove them; mostly they come from cutting a text within an emoji.',
  };
}
