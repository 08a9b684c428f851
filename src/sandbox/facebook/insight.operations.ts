import type { JsonObject, JsonValue } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { invalid, missing } from './facebook.errors.js';
import type { FacebookSettings } from './facebook.settings.js';
import type { FacebookState } from './facebook.state.js';
import { graphOperation, type GraphCall } from './graph.operation.js';
import { timeOf } from './graph.values.js';
import { graphTime } from './post.view.js';

const DAY_MS = 24 * 60 * 60_000;
const MOST_DAYS = 90;

type Figure = (settings: FacebookSettings) => JsonValue;

/** What is left after the `*_impressions*` and `page_fans*` families were taken away; any other name fails the whole call. */
const POST_METRICS: ReadonlyMap<string, Figure> = new Map<string, Figure>([
  ['post_media_view', ({ mediaViews }) => mediaViews],
  ['post_total_media_view_unique', ({ uniqueViews }) => uniqueViews],
  ['post_clicks', ({ clicks }) => clicks],
  ['post_clicks_by_type', ({ clicks }) => (clicks === 0 ? {} : { 'other clicks': clicks })],
  ['post_reactions_by_type_total', ({ likes }) => (likes === 0 ? {} : { like: likes })],
]);

const PAGE_METRICS: ReadonlyMap<string, Figure> = new Map<string, Figure>([
  ['page_media_view', ({ mediaViews }) => mediaViews],
  ['page_total_media_view_unique', ({ uniqueViews }) => uniqueViews],
  ['page_post_engagements', ({ clicks, likes }) => clicks + likes],
  ['page_follows', () => 12],
  ['page_daily_follows', () => 0],
]);

export function insightOperations(state: FacebookState): Operation[] {
  return [
    graphOperation(state, {
      name: 'post.insights',
      method: 'GET',
      path: '/:first_:second/insights',
      params: ['metric', 'period'],
      run: (call) => ofPost(state, call),
    }),
    graphOperation(state, {
      name: 'page.insights',
      method: 'GET',
      path: '/:page/insights',
      params: ['metric', 'period', 'since', 'until'],
      run: (call) => ofPage(state, call),
    }),
  ];
}

function ofPost(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.ownPage('read_insights', 'pages_read_engagement');
  const id = `${call.id('first')}_${call.id('second')}`;
  if (state.posts.get(id)?.pageId !== page.id) throw missing('GET', id);
  const data = metricsOf(call, POST_METRICS).map(([name, figure]): JsonObject => ({
    name,
    period: 'lifetime',
    values: [{ value: figure(state.settings) }],
    title: name,
    description: name,
    id: `${id}/insights/${name}/lifetime`,
  }));
  return json(200, { data, paging: {} });
}

function ofPage(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.actingPage(call.id('page'), 'read_insights', 'pages_read_engagement');
  const now = state.environment.clock.now();
  const until = timeOf(call.given, 'until') ?? now;
  const since = timeOf(call.given, 'since') ?? until - DAY_MS;
  if (until - since > MOST_DAYS * DAY_MS)
    throw invalid('There cannot be more than 90 days between since and until');
  const end_time = graphTime(new Date(until).toISOString());
  const data = metricsOf(call, PAGE_METRICS).map(([name, figure]): JsonObject => ({
    name,
    period: call.text('period') ?? 'day',
    values: [{ value: figure(state.settings), end_time }],
    title: name,
    description: name,
    id: `${page.id}/insights/${name}/day`,
  }));
  return json(200, { data, paging: {} });
}

function metricsOf(call: GraphCall, known: ReadonlyMap<string, Figure>): [string, Figure][] {
  const names = (call.text('metric') ?? '').split(',').map((name) => name.trim());
  return names.map((name) => {
    const figure = known.get(name);
    if (figure === undefined) throw invalid('The value must be a valid insights metric');
    return [name, figure];
  });
}
