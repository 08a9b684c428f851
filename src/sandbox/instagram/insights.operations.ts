import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { GraphCall } from './graph.call.js';
import { invalid, refuse } from './graph.errors.js';
import { graphOperation } from './graph.operation.js';
import { timeOf } from './graph.paging.js';
import type { Post } from './instagram.model.js';
import { DAY_MS, type InstagramState } from './instagram.state.js';
import { figureOf, graphTime, productOf, type Product } from './post.view.js';
import { ownPost } from './publish.operations.js';

const ALL = ['views', 'reach', 'likes', 'comments', 'shares', 'saved', 'total_interactions'];

/** A name that the kind of post does not have fails the whole request. */
const METRICS: Readonly<Record<Product, readonly string[]>> = {
  FEED: [...ALL, 'follows', 'profile_visits', 'profile_activity'],
  REELS: [
    ...[...ALL, 'ig_reels_avg_watch_time', 'ig_reels_video_view_total_time', 'reels_skip_rate'],
    ...['reposts', 'crossposted_views', 'facebook_views'],
  ],
  STORY: ['views', 'reach', 'replies', 'shares', 'follows', 'profile_visits', 'navigation'],
};
const ACCOUNT_METRICS = [
  ...['reach', 'follower_count', 'views', 'likes', 'comments', 'shares', 'saves', 'replies'],
  ...['total_interactions', 'accounts_engaged'],
];
const FEWEST_VIEWERS = 5;
const FEWEST_FOLLOWERS = 100;
const MOST_DAYS = 30;

export function insightsOperations(state: InstagramState): Operation[] {
  return [
    ...graphOperation(state, {
      name: 'insights.read',
      method: 'GET',
      path: '/180:rest/insights',
      params: ['metric', 'period', 'breakdown'],
      run: (call) => ofPost(state, call),
    }),
    ...graphOperation(state, {
      name: 'insights.account',
      method: 'GET',
      path: '/:user/insights',
      params: ['metric', 'period', 'metric_type', 'breakdown', 'since', 'until'],
      run: (call) => ofAccount(state, call),
    }),
  ];
}

function ofPost(state: InstagramState, call: GraphCall): SandboxResponse {
  const post = ownPost(state, call, 'insights');
  const product = productOf(post);
  const names = metricsOf(call, METRICS[product]);
  if (product === 'STORY') checkStory(state, post);
  const data = names.map((name): JsonObject => {
    const value = figureOf(state, post, name);
    const figures =
      call.value('breakdown') === undefined
        ? { values: [{ value }] }
        : { total_value: { value, breakdowns: [] } };
    return { ...labelled(name, 'lifetime', post.id), ...figures };
  });
  return json(200, { data });
}

/** A story has figures for a day, once five people have seen it. */
function checkStory(state: InstagramState, post: Post): void {
  if (state.now - post.createdAt >= DAY_MS) throw invalid('The story has ended');
  if (figureOf(state, post, 'views') >= FEWEST_VIEWERS) return;
  throw refuse({ code: 10, message: '(#10) Not enough viewers for the media to show insights' });
}

function ofAccount(state: InstagramState, call: GraphCall): SandboxResponse {
  const { id, followers } = call.account('user', 'insights');
  const names = metricsOf(call, ACCOUNT_METRICS);
  const [since, until] = [timeOf(call, 'since'), timeOf(call, 'until') ?? state.now];
  if (since !== null && until - since > MOST_DAYS * DAY_MS) {
    throw invalid(`There cannot be more than ${MOST_DAYS} days between since and until`);
  }
  if (names.includes('follower_count') && followers < FEWEST_FOLLOWERS) {
    throw invalid(`follower_count needs at least ${FEWEST_FOLLOWERS} followers`);
  }
  const own = state.posts.all().filter(({ accountId }) => accountId === id);
  const data = names.map((name): JsonObject => {
    const value = own.reduce((sum, post) => sum + figureOf(state, post, name), 0);
    const figures =
      call.value('metric_type') === 'total_value'
        ? { total_value: { value } }
        : { values: [{ value, end_time: graphTime(until) }] };
    return { ...labelled(name, 'day', id), ...figures };
  });
  return json(200, { data });
}

function metricsOf(call: GraphCall, known: readonly string[]): string[] {
  const names = call.names('metric');
  const stranger = names.find((name) => !known.includes(name));
  if (names.length > 0 && stranger === undefined) return names;
  throw invalid(`metric[0] must be one of the following values: ${known.join(', ')}`);
}

function labelled(name: string, period: string, id: string): JsonObject {
  return {
    name,
    period,
    title: name,
    description: `The number of ${name}.`,
    id: `${id}/insights/${name}/${period}`,
  };
}
