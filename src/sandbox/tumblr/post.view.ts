import { escapeHtml } from '../core/markup.js';
import type { JsonObject } from '../core/json.js';
import { jsonText, type SandboxResponse } from '../core/response.js';
import { blogView } from './account.operations.js';
import { metaOf } from './tumblr.errors.js';
import { textOf, type Block, type Medium, type Post } from './tumblr.post.js';
import type { TumblrState } from './tumblr.state.js';

/** Stands before an id that is written as a bare number, which JSON.stringify cannot do. */
const BARE = '\u0000';

/** The slug is a part of the address. */
export function permalinkOf({ environment }: TumblrState, { blog, id, slug }: Post): string {
  return `${environment.url('AUTH')}/${blog.name}/${id}${slug === '' ? '' : `/${slug}`}`;
}

/** `id` is a number that most programs cannot read, `id_string` is the one to take. */
export function postView(state: TumblrState, post: Post, npf: boolean): JsonObject {
  const { id, genesisId, blog, slug, tags, content, layout, sourceUrl, publishAt } = post;
  const { likes, reblogs, replies } = state.settings;
  const written = post.backdatedTo ?? post.createdAt;
  const body = npf
    ? { content: content.map((block) => blockView(state, block)), layout: [...layout], trail: [] }
    : { title: null, body: htmlOf(content) };
  return {
    object_type: 'text',
    type: npf ? 'blocks' : 'text',
    id: `${BARE}${id}`,
    id_string: id,
    ...(genesisId === null ? {} : { genesis_post_id: genesisId }),
    blog_name: blog.name,
    blog: blogView(state, blog),
    post_url: permalinkOf(state, post),
    slug,
    date: new Date(written).toISOString().replace('T', ' ').replace(/\..*/, ' GMT'),
    timestamp: Math.floor(written / 1000),
    state: post.state,
    tags: [...tags],
    summary: textOf(content).split('\n')[0] ?? '',
    note_count: likes + reblogs + replies,
    ...(sourceUrl === null ? {} : { source_url: sourceUrl }),
    ...(publishAt === null ? {} : { scheduled_publish_time: Math.floor(publishAt / 1000) }),
    interactability_reblog: post.reblog,
    ...body,
  };
}

/** An answer with posts: their ids are written as numbers of 64 bits. */
export function withPosts(status: number, response: JsonObject): SandboxResponse {
  const written = JSON.stringify({ meta: metaOf(status), response });
  return jsonText(status, written.replaceAll(/"\\u0000(\d+)"/g, '$1'));
}

function blockView(state: TumblrState, { type, fields, medium }: Block): JsonObject {
  if (medium === null) return fields;
  const view = mediumView(state, medium);
  if (type === 'image') return { ...fields, media: [view] };
  return { ...fields, provider: 'tumblr', url: view['url'] ?? '', media: view };
}

export function mediumView({ environment }: TumblrState, medium: Medium): JsonObject {
  const { sha256, mimeType, width, height } = medium;
  const url = `${environment.url('AUTH')}/media/${sha256}`;
  return { url, type: mimeType, ...(width === null || height === null ? {} : { width, height }) };
}

function htmlOf(content: readonly Block[]): string {
  return textOf(content)
    .split('\n\n')
    .map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`)
    .join('');
}
