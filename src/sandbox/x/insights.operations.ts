import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { bearerOf } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { apiOperation, withUsualHeaders, type ApiCall } from './api.operation.js';
import { idsOf } from './reading.operations.js';
import { invalid, unauthorized, unsupportedAuthentication } from './x.errors.js';
import { LIMITS } from './x.rates.js';
import { APP_TOKEN, type XState } from './x.state.js';

const GRANULARITIES = ['hourly', 'daily', 'weekly', 'total'];
const CAP = 3_000_000;

/** Figures over time, and what the app itself has used up. */
export function insightOperations(state: XState): Operation[] {
  return [
    apiOperation(state, {
      name: 'tweets.analytics',
      method: 'GET',
      path: '/2/tweets/analytics',
      query: ['ids', 'start_time', 'end_time', 'granularity', 'analytics.fields'],
      scopes: ['tweet.read', 'users.read'],
      limit: LIMITS.analytics,
      run: (call) => analytics(state, call),
    }),
    {
      name: 'usage.tweets',
      host: 'API',
      method: 'GET',
      path: '/2/usage/tweets',
      query: ['days', 'usage.fields'],
      visible: false,
      handle: (request) =>
        withUsualHeaders(state, (add) => {
          const token = bearerOf(request);
          if (token === undefined) throw unauthorized();
          if (token !== APP_TOKEN) throw unsupportedAuthentication();
          if (state.settings.rateLimits) add(state.rates.take(LIMITS.usage, 'app'));
          return Promise.resolve(json(200, { data: usageOf(state) }));
        }),
    },
  ];
}

function usageOf(state: XState): JsonObject {
  const project_usage = state.settings.readsCapped ? String(CAP) : '0';
  return { cap_reset_day: 1, project_cap: String(CAP), project_id: '1', project_usage };
}

function analytics(state: XState, { request, person }: ApiCall): SandboxResponse {
  const granularity = request.query.get('granularity') ?? '';
  if (!GRANULARITIES.includes(granularity)) {
    throw invalid(
      `The \`granularity\` query parameter value [${granularity}] is not one of [${GRANULARITIES.join(',')}]`,
    );
  }
  for (const name of ['start_time', 'end_time']) {
    if (!request.query.has(name)) throw invalid(`The \`${name}\` query parameter can not be empty`);
  }
  const own = idsOf(request.query.get('ids') ?? '').filter((id) => state.post(id)?.authorId === person.id);
  const { likes, reposts, quotes, bookmarks, impressions } = state.settings;
  const metrics = {
    impressions,
    likes,
    retweets: reposts,
    quote_tweets: quotes,
    bookmarks,
    engagements: likes,
  };
  const timestamp = request.query.get('start_time');
  return json(200, { data: own.map((id) => ({ id, timestamped_metrics: [{ timestamp, metrics }] })) });
}
