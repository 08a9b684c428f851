import { numberAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { Post } from './container.js';
import { invalid, noSuchObject } from './graph.errors.js';
import { checkOwner, graphOperation, type GraphCall } from './graph.operation.js';
import { graphTime } from './post.view.js';
import type { ThreadsState } from './threads.state.js';

const POST_METRICS = ['views', 'likes', 'replies', 'reposts', 'quotes', 'shares'];
const USER_METRICS = ['views', 'likes', 'replies', 'reposts', 'quotes', 'clicks', 'followers_count'];
/** Nothing is known from before, in seconds since 1970. */
const EARLIEST = 1_712_991_600;

export function insightsOperations(state: ThreadsState): Operation[] {
  return [
    graphOperation(state, {
      name: 'insights.read',
      method: 'GET',
      path: '/:id/insights',
      params: ['metric'],
      scopes: ['threads_manage_insights'],
      run: (call) => ofPost(state, call),
    }),
    graphOperation(state, {
      name: 'insights.user',
      method: 'GET',
      path: '/:user/threads_insights',
      params: ['metric', 'since', 'until', 'breakdown'],
      scopes: ['threads_manage_insights'],
      run: (call) => ofUser(state, call),
    }),
  ];
}

/** Of a repost of somebody else's post there is nothing. */
function ofPost(state: ThreadsState, call: GraphCall): SandboxResponse {
  const id = call.part('id');
  const post = state.post(id);
  if (post?.accountId !== call.person.id) throw noSuchObject('get', id);
  const names = metricsOf(call, POST_METRICS);
  if (post.repostOf !== null) return json(200, { data: [] });
  const data = names.map((name) => ({
    name,
    period: 'lifetime',
    values: [{ value: figureOf(state, post, name) }],
    ...labelsOf(name, `${id}/insights/${name}/lifetime`),
  }));
  return json(200, { data });
}

/** `views` by day, the rest in one figure. */
function ofUser(state: ThreadsState, call: GraphCall): SandboxResponse {
  checkOwner(call);
  for (const name of ['since', 'until']) {
    const at = call.value(name);
    if (at !== undefined && !(Number(at) >= EARLIEST))
      throw invalid(`Param ${name} must be at least ${EARLIEST}`);
  }
  const names = metricsOf(call, [...USER_METRICS, 'follower_demographics']);
  if (names.includes('follower_demographics')) throw invalid('The account needs at least 100 followers');
  const own = state.posts.all().filter(({ accountId }) => accountId === call.person.id);
  const data = names.map((name) => {
    const value = own.reduce((sum, post) => sum + figureOf(state, post, name), 0);
    const labels = labelsOf(name, `${call.person.id}/insights/${name}/day`);
    const figures =
      name === 'views' ? { values: [{ value, end_time: graphTime(state.now) }] } : { total_value: { value } };
    return { name, period: 'day', ...figures, ...labels };
  });
  return json(200, { data });
}

function metricsOf(call: GraphCall, known: readonly string[]): string[] {
  const names = (call.value('metric') ?? '').split(',').filter((name) => name !== '');
  const stranger = names.find((name) => !known.includes(name));
  if (names.length > 0 && stranger === undefined) return names;
  throw invalid(`Param metric must be one of {${known.join(', ')}}`);
}

function figureOf({ posts, settings }: ThreadsState, { id }: Post, name: string): number {
  const all = posts.all();
  const there: Readonly<Record<string, number>> = {
    replies: all.filter(({ draft }) => draft.replyTo === id).length,
    reposts: all.filter(({ repostOf }) => repostOf === id).length,
    quotes: all.filter(({ draft }) => draft.quoteOf === id).length,
  };
  return (numberAt(settings.insights, name) ?? 0) + (there[name] ?? 0);
}

function labelsOf(name: string, id: string): JsonObject {
  return { title: name, description: `The number of ${name}.`, id };
}
