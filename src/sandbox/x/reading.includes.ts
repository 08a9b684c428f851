import type { JsonObject } from '../core/json.js';
import type { Reading } from './field.lists.js';
import type { Upload } from './media.library.js';
import type { Post } from './post.js';
import { personView } from './x.person.js';
import type { XState } from './x.state.js';

const TYPES = { tweet_image: 'photo', tweet_gif: 'animated_gif', tweet_video: 'video' } as const;

/** What the answer brings beside its posts, where it was asked to. */
export function includesOf(
  state: XState,
  posts: readonly Post[],
  { expansions, mediaFields, pollFields, userFields }: Reading,
): { includes?: JsonObject } {
  const media = expansions.includes('attachments.media_keys')
    ? posts.flatMap((post) => post.media.map((upload) => mediaView(upload, mediaFields)))
    : [];
  const authors = expansions.includes('author_id') ? [...new Set(posts.map(({ authorId }) => authorId))] : [];
  const users = authors
    .flatMap((id) => state.person(id) ?? [])
    .map((person) => personView(person, userFields));
  const polls = expansions.includes('attachments.poll_ids')
    ? posts.flatMap((post) => pollViews(post, pollFields))
    : [];
  const includes = { ...some('media', media), ...some('users', users), ...some('polls', polls) };
  return Object.keys(includes).length === 0 ? {} : { includes };
}

function some(name: string, items: JsonObject[]): JsonObject {
  return items.length === 0 ? {} : { [name]: items };
}

function pollViews({ poll }: Post, asked: readonly string[]): JsonObject[] {
  if (poll === null) return [];
  const options = poll.options.map((label, index) => ({ position: index + 1, label, votes: 0 }));
  const all: JsonObject = {
    id: poll.id,
    options,
    duration_minutes: poll.minutes,
    end_datetime: poll.endsAt,
    voting_status: 'open',
  };
  const shown = ['id', 'options', ...asked];
  return [Object.fromEntries(Object.entries(all).filter(([name]) => shown.includes(name)))];
}

function mediaView({ key, category, altText, file }: Upload, asked: readonly string[]): JsonObject {
  const facts = file?.facts ?? null;
  const all: JsonObject = {
    media_key: key,
    type: TYPES[category],
    ...(altText === null ? {} : { alt_text: altText }),
    ...(facts === null ? {} : { width: facts.width, height: facts.height }),
    ...(facts === null || facts.durationMs === null ? {} : { duration_ms: Math.round(facts.durationMs) }),
  };
  const shown = ['media_key', 'type', ...asked];
  return Object.fromEntries(Object.entries(all).filter(([name]) => shown.includes(name)));
}
