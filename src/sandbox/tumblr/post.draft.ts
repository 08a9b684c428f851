import { undeclaredFields } from '../core/field.paths.js';
import { isJsonObject, parseJson, stringAt, type JsonObject } from '../core/json.js';
import { filesOf, type SandboxRequest } from '../core/request.js';
import { withFiles } from './media.parts.js';
import { readBlocks } from './npf.blocks.js';
import { POST_FIELDS } from './npf.fields.js';
import { readLayout } from './npf.layout.js';
import { invalid } from './tumblr.errors.js';
import type { Draft, PostState } from './tumblr.post.js';
import type { TumblrState } from './tumblr.state.js';

const MOST_TAGS = 30;
const LONGEST_TAG = 140;
/** What a write calls each state. */
const STATES: ReadonlyMap<string, PostState> = new Map([
  ['published', 'published'],
  ['queue', 'queued'],
  ['draft', 'draft'],
  ['private', 'private'],
  ['unapproved', 'submission'],
]);
const REBLOGS = ['everyone', 'noone'];

/** Whether people see nothing of what this body makes; the body of a multipart request is its part `json`. */
export function isPutAside(given: JsonObject): boolean {
  const state = stringAt(bodyOf(given) ?? {}, 'state') ?? 'published';
  return !['published', 'private'].includes(state);
}

/** What the request asks for, if Tumblr would take it; throws its refusal otherwise. */
export async function draftOf(state: TumblrState, request: SandboxRequest): Promise<Draft> {
  const body = readBody(state, request);
  const wanted = STATES.get(stringAt(body, 'state') ?? 'published');
  if (wanted === undefined) throw invalid('state is unknown');
  const blocks = readBlocks(body['content']);
  const layout = readLayout(body['layout'], blocks.length);
  const reblog = textAt(body, 'interactability_reblog') ?? 'everyone';
  if (!REBLOGS.includes(reblog)) throw invalid('interactability_reblog is everyone or noone');
  const publishAt = timeAt(body, 'publish_on');
  if (publishAt !== null && wanted !== 'queued') throw invalid('publish_on is for the queue only');
  const sourceUrl = textAt(body, 'source_url') ?? null;
  if (sourceUrl !== null && !URL.canParse(sourceUrl)) throw invalid('source_url is no address');
  return {
    state: flagAt(body, 'is_private') ? 'private' : wanted,
    content: await withFiles(state.environment.media, blocks, filesOf(request)),
    tags: tagsOf(textAt(body, 'tags') ?? ''),
    slug: slugOf(textAt(body, 'slug') ?? ''),
    backdatedTo: timeAt(body, 'date'),
    ...{ layout, publishAt, sourceUrl, reblog },
  };
}

/** Fields inside of the part `json` are looked at here: the framework sees a text only. */
function readBody({ environment }: TumblrState, { body }: SandboxRequest): JsonObject {
  if (body.kind === 'multipart' && body.order[0] !== 'json') throw invalid('the part "json" comes first');
  const given = body.kind === 'json' || body.kind === 'multipart' ? body.value : {};
  const read = isJsonObject(given) ? bodyOf(given) : null;
  if (read === null) throw invalid('the part "json" is missing or is no JSON');
  const strange = undeclaredFields(read, POST_FIELDS);
  for (const detail of strange) {
    environment.unexpected.add({ platform: 'tumblr', operation: 'posts.create', what: 'field', detail });
  }
  if (strange.length > 0) throw invalid(`unknown ${strange.join(', ')}`);
  return read;
}

function bodyOf(given: JsonObject): JsonObject | null {
  const part = given['json'];
  if (typeof part !== 'string') return 'content' in given ? given : null;
  try {
    const read = parseJson(part);
    return isJsonObject(read) ? read : null;
  } catch {
    // Not JSON: refused like a part that is missing.
    return null;
  }
}

function textAt(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value !== undefined && typeof value !== 'string') throw invalid(`${name} must be a string`);
  return value;
}

function flagAt(body: JsonObject, name: string): boolean {
  const value = body[name] ?? false;
  if (typeof value !== 'boolean') throw invalid(`${name} must be true or false`);
  return value;
}

function timeAt(body: JsonObject, name: string): number | null {
  const value = textAt(body, name);
  if (value === undefined) return null;
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw invalid(`${name} is no time`);
  return time;
}

function tagsOf(value: string): string[] {
  const tags = value
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  if (tags.length > MOST_TAGS || tags.some((tag) => [...tag].length > LONGEST_TAG)) {
    throw invalid(`at most ${MOST_TAGS} tags of ${LONGEST_TAG} characters`);
  }
  return tags;
}

function slugOf(value: string): string {
  return value
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
