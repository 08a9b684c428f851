import type { FieldPaths } from '../core/operation.js';

/** Fields of a post; the blocks are looked at one by one. */
export const POST_FIELDS: FieldPaths = [
  'content.*',
  'layout[].type',
  'layout[].display[].blocks[]',
  'layout[].display[].mode.type',
  'layout[].truncate_after',
  'layout[].blocks[]',
  'layout[].attribution.*',
  'state',
  'publish_on',
  'date',
  'tags',
  'source_url',
  'slug',
  'interactability_reblog',
  'send_to_twitter',
  'is_private',
];

const MEDIUM = ['type', 'identifier', 'width', 'height', 'url'];

/** Fields of each type of block. */
export const BLOCK_FIELDS: ReadonlyMap<string, FieldPaths> = new Map<string, FieldPaths>([
  [
    'text',
    [
      'type',
      'text',
      'subtype',
      'indent_level',
      ...['start', 'end', 'type', 'url', 'hex', 'blog.uuid'].map((name) => `formatting[].${name}`),
    ],
  ],
  ['link', ['type', 'url', 'title', 'description', 'author', 'site_name', 'poster.*']],
  ['image', ['type', ...MEDIUM.map((name) => `media[].${name}`), 'alt_text', 'caption']],
  ['video', ['type', 'provider', 'url', ...MEDIUM.map((name) => `media.${name}`)]],
  [
    'audio',
    ['type', 'provider', 'url', ...MEDIUM.map((name) => `media.${name}`), 'title', 'artist', 'album'],
  ],
]);

export const SUBTYPES = [
  'heading1',
  'heading2',
  'quirky',
  'quote',
  'indented',
  'chat',
  'ordered-list-item',
  'unordered-list-item',
];

/** What a range needs beside its ends. */
export const FORMATS: ReadonlyMap<string, 'url' | 'blog' | 'hex' | null> = new Map([
  ['bold', null],
  ['italic', null],
  ['strikethrough', null],
  ['small', null],
  ['link', 'url'],
  ['mention', 'blog'],
  ['color', 'hex'],
]);
