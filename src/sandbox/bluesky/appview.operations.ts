import { objectAt, stringAt, type JsonObject } from '../core/json.js';
import type { Operation, OperationContext } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { BlueskyAccount, StoredRecord } from './bluesky.account.js';
import { invalidRequest } from './bluesky.errors.js';
import type { BlueskyState } from './bluesky.state.js';
import { quotedBy } from './quoted.record.js';

const MAX_URIS = 25;

/** The public, cached view; it lags behind the repositories. */
export function appViewOperations(state: BlueskyState): Operation[] {
  return [
    {
      name: 'app.bsky.feed.getPosts',
      host: 'APPVIEW',
      method: 'GET',
      path: '/xrpc/app.bsky.feed.getPosts',
      visible: false,
      query: ['uris'],
      handle: ({ query }, context) => getPosts(state, query.getAll('uris'), context),
    },
  ];
}

function getPosts(state: BlueskyState, uris: readonly string[], context: OperationContext): SandboxResponse {
  if (uris.length === 0) throw invalidRequest('Error: Params must have the property "uris"');
  if (uris.length > MAX_URIS)
    throw invalidRequest(`Error: uris must not have more than ${MAX_URIS} elements`);
  const posts = indexed(state);
  const wanted = posts.filter(({ record }) => uris.includes(record.uri));
  const [first] = wanted;
  // Nobody has to be logged in: the call log names whose post it is.
  if (first !== undefined) context.actsAs(first.account.did);
  return json(200, { posts: wanted.map((post) => postView(state, post, posts)) });
}

interface IndexedPost {
  readonly account: BlueskyAccount;
  readonly record: StoredRecord;
}

function indexed(state: BlueskyState): IndexedPost[] {
  const latest = state.environment.clock.now() - state.settings.appViewLagMs;
  return state.accounts.flatMap((account) =>
    [...account.records.values()]
      .filter(
        (record) => record.collection === 'app.bsky.feed.post' && Date.parse(record.indexedAt) <= latest,
      )
      .map((record) => ({ account, record })),
  );
}

/** Replies and quotes are counted; who likes, reposts and saves is a setting. */
function postView(
  state: BlueskyState,
  { account, record }: IndexedPost,
  posts: readonly IndexedPost[],
): JsonObject {
  const { uri, cid, value, indexedAt } = record;
  const { likes, reposts, bookmarks } = state.settings;
  const counts = {
    replyCount: posts.filter((post) => parentOf(post.record) === uri).length,
    quoteCount: posts.filter((post) => quotedBy(post.record.value) === uri).length,
    likeCount: likes,
    repostCount: reposts,
    bookmarkCount: bookmarks,
  };
  const author = { did: account.did, handle: account.handle, displayName: account.displayName };
  return { uri, cid, author, record: value, ...counts, indexedAt, labels: [] };
}

function parentOf(record: StoredRecord): string | undefined {
  return stringAt(objectAt(objectAt(record.value, 'reply') ?? {}, 'parent') ?? {}, 'uri');
}
