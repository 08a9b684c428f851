import type { SandboxRequest } from '../core/request.js';
import type { Asked } from './post.view.js';
import { invalid } from './x.errors.js';
import { USER_FIELDS } from './x.person.js';

const LEGACY_FIELDS = [
  'attachments',
  'author_id',
  'community_id',
  'conversation_id',
  'created_at',
  'edit_controls',
  'edit_history_tweet_ids',
  'entities',
  'id',
  'in_reply_to_user_id',
  'lang',
  'non_public_metrics',
  'note_tweet',
  'organic_metrics',
  'paid_partnership',
  'possibly_sensitive',
  'public_metrics',
  'referenced_tweets',
  'reply_settings',
  'source',
  'text',
];
const SPEC_ONLY = ['edit_history_post_ids', 'note_post', 'referenced_posts'];
const EXPANSIONS = [
  'attachments.media_keys',
  'attachments.poll_ids',
  'author_id',
  'in_reply_to_user_id',
  'referenced_tweets.id',
  'referenced_posts',
];
const MEDIA_FIELDS = [
  'alt_text',
  'duration_ms',
  'height',
  'media_key',
  'preview_image_url',
  'type',
  'url',
  'width',
];
const POLL_FIELDS = ['duration_minutes', 'end_datetime', 'id', 'options', 'voting_status'];

/** Parameters of everything that reads posts. */
export const READING = [
  'tweet.fields',
  'post.fields',
  'expansions',
  'media.fields',
  'poll.fields',
  'user.fields',
];

export interface Reading extends Pick<Asked, 'fields' | 'naming'> {
  readonly expansions: readonly string[];
  readonly mediaFields: readonly string[];
  readonly pollFields: readonly string[];
  readonly userFields: readonly string[];
}

/** Which fields the request asks for; a name that X does not know is refused. */
export function readingOf(request: SandboxRequest): Reading {
  const spec = request.query.has('post.fields');
  if (spec && request.query.has('tweet.fields')) {
    throw invalid('The `tweet.fields` and `post.fields` query parameters exclude each other');
  }
  const naming = spec ? 'post' : 'tweet';
  return {
    naming,
    fields: listOf(request, `${naming}.fields`, spec ? [...LEGACY_FIELDS, ...SPEC_ONLY] : LEGACY_FIELDS),
    expansions: listOf(request, 'expansions', EXPANSIONS),
    mediaFields: listOf(request, 'media.fields', MEDIA_FIELDS),
    pollFields: listOf(request, 'poll.fields', POLL_FIELDS),
    userFields: userFieldsOf(request),
  };
}

export function userFieldsOf(request: SandboxRequest): readonly string[] {
  return listOf(request, 'user.fields', USER_FIELDS);
}

/** A list with commas; empty when it is not there. */
export function listOf(request: SandboxRequest, name: string, known: readonly string[] | null): string[] {
  const given = request.query.get(name);
  if (given === null) return [];
  const values = given.split(',');
  const stranger = values.find((value) => known !== null && !known.includes(value));
  if (stranger !== undefined) {
    const message = `The \`${name}\` query parameter value [${stranger}] is not one of [${(known ?? []).join(',')}]`;
    throw invalid(message, { [name]: [given] });
  }
  return values;
}
