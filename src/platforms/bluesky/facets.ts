import { countGraphemes, type JsonObject } from '../core/index.js';

/** A stretch of the text that becomes a link. Indexes are UTF-16, as JavaScript counts; the record wants bytes. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}
interface LinkStretch extends Stretch {
  readonly kind: 'link';
  readonly uri: string;
}
interface MentionStretch extends Stretch {
  readonly kind: 'mention';
  readonly handle: string;
}
interface TagStretch extends Stretch {
  readonly kind: 'tag';
  readonly tag: string;
}
export type RichStretch = LinkStretch | MentionStretch | TagStretch;

const linkPattern = /(?<![\p{L}\p{N}_])https?:\/\/[^\s<>"`]+/giu;
const mentionPattern = /(?<=^|[\s([{"'“‘«])@([a-z0-9-]+(?:\.[a-z0-9-]+)+)/giu;
const tagPattern = /(?<=^|[\s([{])[#＃](?!\ufe0f)([^\s#＃\p{Cf}\p{Me}]+)/gu;
const closers: readonly (readonly [string, string])[] = [
  [')', '('],
  [']', '['],
  ['}', '{'],
];

/** A handle is a domain name whose last label starts with a letter. */
export function isHandle(handle: string): boolean {
  const labels = handle.split('.');
  return (
    handle.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label)) &&
    /^[a-z]/i.test(labels.at(-1) ?? '')
  );
}

/** Cuts punctuation that belongs to the sentence; a closing bracket stays when the link itself opened it. */
function trimLink(link: string): string {
  let end = link.length;
  for (;;) {
    const kept = link.slice(0, end);
    const last = kept.at(-1) ?? '';
    const bracket = closers.find(([close]) => close === last);
    const unopened = bracket !== undefined && kept.split(bracket[0]).length > kept.split(bracket[1]).length;
    if (!unopened && !/[.,;:!?'’”»…*_]/u.test(last)) return kept;
    end -= 1;
  }
}

function findLinks(text: string): RichStretch[] {
  return [...text.matchAll(linkPattern)].flatMap((match): RichStretch[] => {
    const uri = trimLink(match[0]);
    if (!URL.canParse(uri)) return [];
    return [{ kind: 'link', start: match.index, end: match.index + uri.length, uri }];
  });
}

function findMentions(text: string): RichStretch[] {
  return [...text.matchAll(mentionPattern)].flatMap((match): RichStretch[] => {
    const handle = match[1] ?? '';
    if (!isHandle(handle)) return [];
    const end = match.index + match[0].length;
    return [{ kind: 'mention', start: match.index, end, handle: handle.toLowerCase() }];
  });
}

function findTags(text: string): RichStretch[] {
  return [...text.matchAll(tagPattern)].flatMap((match): RichStretch[] => {
    const tag = (match[1] ?? '').replace(/\p{P}+$/u, '');
    const speaks = /[^\d\p{P}]/u.test(tag);
    if (!speaks || countGraphemes(tag) > 64 || Buffer.byteLength(tag) > 640) return [];
    return [{ kind: 'tag', start: match.index, end: match.index + 1 + tag.length, tag }];
  });
}

/** Links, mentions and hashtags of a text in order, none overlapping another. */
export function findStretches(text: string): RichStretch[] {
  const all = [...findLinks(text), ...findMentions(text), ...findTags(text)];
  const kept: RichStretch[] = [];
  for (const stretch of all.sort((a, b) => a.start - b.start)) {
    if (stretch.start >= (kept.at(-1)?.end ?? 0)) kept.push(stretch);
  }
  return kept;
}

/** URLs in a text. */
export function linksOf(text: string): string[] {
  return findLinks(text).flatMap((stretch) => (stretch.kind === 'link' ? [stretch.uri] : []));
}

/** Handles that a text mentions, each once. */
export function mentionedHandles(text: string): string[] {
  const handles = findStretches(text).flatMap((stretch) =>
    stretch.kind === 'mention' ? [stretch.handle] : [],
  );
  return [...new Set(handles)];
}

function featureOf(stretch: RichStretch, dids: Readonly<Record<string, string>>): JsonObject | null {
  switch (stretch.kind) {
    case 'link':
      return { $type: 'app.bsky.richtext.facet#link', uri: stretch.uri };
    case 'tag':
      return { $type: 'app.bsky.richtext.facet#tag', tag: stretch.tag };
    case 'mention': {
      const did = dids[stretch.handle];
      return did === undefined ? null : { $type: 'app.bsky.richtext.facet#mention', did };
    }
  }
}

/** Facets of the record; a mention whose handle has no DID stays plain text. */
export function buildFacets(text: string, dids: Readonly<Record<string, string>>): JsonObject[] {
  const byteAt = (index: number): number => Buffer.byteLength(text.slice(0, index), 'utf8');
  return findStretches(text).flatMap((stretch) => {
    const feature = featureOf(stretch, dids);
    if (feature === null) return [];
    return [
      { index: { byteStart: byteAt(stretch.start), byteEnd: byteAt(stretch.end) }, features: [feature] },
    ];
  });
}
