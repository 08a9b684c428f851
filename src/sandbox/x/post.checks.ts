import twitterText from 'twitter-text';
import type { JsonObject } from '../core/json.js';
import type { Draft, Poll, Post } from './post.js';
import { PostFields } from './post.fields.js';
import { attachable } from './post.media.js';
import { forbidden, invalid, nothingSaid, REFUSALS } from './x.errors.js';
import type { Person } from './x.person.js';
import type { Caller, XState } from './x.state.js';

const LONGEST = 280;
const LONGEST_PREMIUM = 25_000;
const MOST_MEDIA = 4;
const MOST_TAGGED = 10;
const POLL = { options: [2, 4], characters: 25, minutes: [5, 10_080] } as const;
const REPLY_SETTINGS = ['following', 'mentionedUsers', 'subscribers', 'verified'];
const CRYPTO_MS = 7 * 24 * 60 * 60_000;
const CRYPTO_ADDRESS = /\b(0x[0-9a-f]{40}|bc1[02-9ac-hj-np-z]{25,59})\b/i;
/** What an access package of one's own does not have. */
const NOT_FOR_US = ['quote_tweet_id', 'nullcast', 'card_uri', 'edit_options'];

/** Everything that a request may say, as the sheet lists it. */
export const POST_FIELDS: readonly string[] = [
  'text',
  'media.media_ids[]',
  'media.tagged_user_ids[]',
  'reply.in_reply_to_tweet_id',
  'reply.exclude_reply_user_ids[]',
  'quote_tweet_id',
  'poll.options[]',
  'poll.duration_minutes',
  'reply_settings',
  'community_id',
  'share_with_followers',
  'made_with_ai',
  'paid_partnership',
  'for_super_followers_only',
  'nullcast',
  'geo.place_id',
  'direct_message_deep_link',
  'card_uri',
  'edit_options.previous_post_id',
];

/** What the request asks for, if X would take it; throws its refusal otherwise. */
export function draftOf(state: XState, caller: Caller, body: JsonObject): Draft {
  const { person } = caller;
  const fields = new PostFields(body);
  const text = (fields.text('text') ?? '').normalize('NFC');
  const media = fields.nested('media');
  const mediaIds = media === undefined ? [] : media.required('media_ids', media.ids('media_ids'));
  if (media !== undefined && (mediaIds.length === 0 || mediaIds.length > MOST_MEDIA)) {
    throw invalid(`$.media.media_ids: there must be from 1 to ${MOST_MEDIA} items`);
  }
  const exclusive = ['media', 'poll', 'quote_tweet_id'].filter((key) => fields.has(key));
  if (exclusive.length > 1) throw invalid(`$: ${exclusive.join(' and ')} are mutually exclusive`);
  if (NOT_FOR_US.some((key) => fields.has(key))) throw forbidden(REFUSALS.notPermitted);
  if (text.trim() === '' && mediaIds.length === 0) throw nothingSaid();
  const draft: Draft = {
    authorId: person.id,
    text,
    media: attachable(state, person, mediaIds),
    replyTo: parentOf(state, person, fields),
    poll: pollOf(state, fields),
    replySettings: replySettingsOf(fields),
    extra: extraOf(fields, media),
  };
  checkText(state, caller, text);
  checkDuplicate(state, draft);
  return draft;
}

function checkText(state: XState, { person, token }: Caller, text: string): void {
  if (person.status === 'locked') throw forbidden(REFUSALS.locked);
  const long = person.subscription === 'Premium' || person.subscription === 'PremiumPlus';
  const { weightedLength } = twitterText.parseTweet(text);
  if (weightedLength > (long ? LONGEST_PREMIUM : LONGEST)) throw forbidden(REFUSALS.notPermitted);
  if (twitterText.hasInvalidCharacters(text)) throw invalid('$.text: contains invalid characters');
  if (twitterText.extractCashtags(text).length > 1) throw forbidden(REFUSALS.cashtags);
  if (!state.settings.mentions && twitterText.extractMentions(text).length > 0)
    throw forbidden(REFUSALS.mentions);
  const fresh = state.environment.clock.now() - token.issuedAt < CRYPTO_MS;
  if (fresh && CRYPTO_ADDRESS.test(text)) throw forbidden(REFUSALS.crypto);
}

/** The same words within the window, whatever the media. */
function checkDuplicate(state: XState, { authorId, text }: Draft): void {
  if (text.trim() === '') return;
  const since = state.environment.clock.now() - state.settings.duplicateWindowMs;
  const said = state.posts
    .all()
    .some((post) => post.authorId === authorId && post.createdAt > since && post.text === text);
  if (said) throw forbidden(REFUSALS.duplicate);
}

/** One's own thread goes on; of others only who has mentioned one may be answered. */
function parentOf(state: XState, person: Person, fields: PostFields): string | null {
  const reply = fields.nested('reply');
  if (reply === undefined) return null;
  const id = reply.required('in_reply_to_tweet_id', reply.id('in_reply_to_tweet_id'));
  reply.ids('exclude_reply_user_ids');
  const parent = state.post(id);
  if (parent === undefined) throw forbidden(REFUSALS.goneParent);
  if (parent.authorId !== person.id && !engaged(state, parent.authorId, person)) {
    throw forbidden(REFUSALS.notEngaged);
  }
  return id;
}

function engaged(state: XState, authorId: string, { username }: Person): boolean {
  const names = (post: Post): string[] =>
    twitterText.extractMentions(post.text).map((name) => name.toLowerCase());
  return state.posts
    .all()
    .some((post) => post.authorId === authorId && names(post).includes(username.toLowerCase()));
}

function pollOf(state: XState, fields: PostFields): Poll | null {
  const poll = fields.nested('poll');
  if (poll === undefined) return null;
  const options = poll.required('options', poll.texts('options'));
  const minutes = poll.required('duration_minutes', poll.whole('duration_minutes'));
  const [fewest, most] = POLL.options;
  if (options.length < fewest || options.length > most) {
    throw invalid(`$.poll.options: from ${fewest} to ${most} items expected`);
  }
  const wrong = options.findIndex((option) => option === '' || [...option].length > POLL.characters);
  if (wrong >= 0) throw invalid(`$.poll.options[${wrong}]: from 1 to ${POLL.characters} characters expected`);
  const [shortest, longest] = POLL.minutes;
  if (minutes < shortest || minutes > longest) {
    throw invalid(`$.poll.duration_minutes: must have a value from ${shortest} to ${longest}`);
  }
  const endsAt = new Date(state.environment.clock.now() + minutes * 60_000).toISOString();
  return { id: state.ids.next(), options, minutes, endsAt };
}

function replySettingsOf(fields: PostFields): string {
  const value = fields.text('reply_settings');
  if (value !== undefined && !REPLY_SETTINGS.includes(value)) {
    throw invalid(
      `$.reply_settings: does not have a value in the enumeration ${JSON.stringify(REPLY_SETTINGS)}`,
    );
  }
  return value ?? 'everyone';
}

function extraOf(fields: PostFields, media: PostFields | undefined): JsonObject {
  const tagged = media?.ids('tagged_user_ids') ?? [];
  if (tagged.length > MOST_TAGGED) {
    throw invalid(`$.media.tagged_user_ids: the number of items does exceed maximum of ${MOST_TAGGED}`);
  }
  return {
    community: fields.id('community_id') ?? null,
    sharedWithFollowers: fields.flag('share_with_followers') ?? false,
    madeWithAi: fields.flag('made_with_ai') ?? false,
    paidPartnership: fields.flag('paid_partnership') ?? false,
    subscribersOnly: fields.flag('for_super_followers_only') ?? false,
    place: fields.nested('geo')?.text('place_id') ?? null,
    messageLink: fields.text('direct_message_deep_link') ?? null,
    tagged,
  };
}
