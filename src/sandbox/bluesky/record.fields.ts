const BLOB = ['$type', 'ref.$link', 'mimeType', 'size'];
const RATIO = ['aspectRatio.width', 'aspectRatio.height'];
const STRONG_REF = ['uri', 'cid'];

function under(prefix: string, paths: readonly string[]): string[] {
  return paths.map((path) => `${prefix}.${path}`);
}

const MEDIA = [
  '$type',
  ...under('images[]', ['alt', ...RATIO, ...under('image', BLOB)]),
  ...under('items[]', ['$type', 'alt', ...RATIO, ...under('image', BLOB)]),
  ...under('external', ['uri', 'title', 'description', ...under('thumb', BLOB)]),
  ...under('video', BLOB),
  'alt',
  'presentation',
  ...RATIO,
  'captions[].lang',
  ...under('captions[].file', BLOB),
];

const POST = [
  '$type',
  'text',
  'createdAt',
  'langs[]',
  'tags[]',
  'labels.$type',
  'labels.values[].val',
  ...under('facets[]', ['$type', 'index.$type', 'index.byteStart', 'index.byteEnd']),
  ...under('facets[].features[]', ['$type', 'uri', 'did', 'tag']),
  ...under('reply', ['$type', ...under('root', STRONG_REF), ...under('parent', STRONG_REF)]),
  ...under('embed', [...MEDIA, ...under('record', ['$type', ...STRONG_REF, ...under('record', STRONG_REF)])]),
  ...under('embed.media', MEDIA),
];

const GATE = ['post', 'allow[].$type', 'allow[].list', 'embeddingRules[].$type'];

/** Every field of a record that the sheet lists, below `prefix`. */
export function recordFields(prefix: string): string[] {
  return under(prefix, [...POST, ...GATE]);
}
