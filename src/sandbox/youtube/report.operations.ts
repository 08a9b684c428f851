import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { SCOPES } from './google.login.js';
import { badParameter } from './youtube.errors.js';
import type { YoutubeState } from './youtube.state.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Figures over time; everything is counted on the day of the upload. */
export function reportOperations(state: YoutubeState): Operation[] {
  return [
    apiOperation(state, {
      name: 'reports.query',
      host: 'ANALYTICS',
      method: 'GET',
      path: '/v2/reports',
      query: ['ids', 'startDate', 'endDate', 'metrics', 'dimensions', 'filters'],
      scopes: [SCOPES.reports],
      cost: 0,
      run: (call) => report(state, call),
    }),
  ];
}

function report(state: YoutubeState, { request: { query }, channel }: ApiCall): SandboxResponse {
  const value = (name: string): string => query.get(name) ?? '';
  if (value('ids') !== 'channel==MINE') throw badParameter('ids', 'The query is not supported.');
  const [from, to] = [value('startDate'), value('endDate')];
  if (!DAY.test(from) || !DAY.test(to)) throw badParameter('startDate', 'Dates are written as YYYY-MM-DD.');
  const metrics = value('metrics').split(',');
  const figures = new Map([
    ['views', state.settings.views],
    ['likes', state.settings.likes],
    ['estimatedMinutesWatched', state.settings.views],
  ]);
  const unknown = metrics.find((metric) => !figures.has(metric));
  if (unknown !== undefined)
    throw badParameter('metrics', `Unknown identifier (${unknown}) given in field metrics.`);
  const byDay = value('dimensions') === 'day';
  const wanted = /^video==(.+)$/.exec(value('filters'))?.[1]?.split(',');
  const days = state.videos
    .all()
    .filter(({ id, channelId }) => channelId === channel.id && (wanted === undefined || wanted.includes(id)))
    .map(({ createdAt }) => new Date(createdAt).toISOString().slice(0, 10))
    .filter((day) => from <= day && day <= to);
  const row = (count: number): number[] => metrics.map((metric) => (figures.get(metric) ?? 0) * count);
  const rows = byDay
    ? [...new Set(days)].sort().map((day) => [day, ...row(days.filter((other) => other === day).length)])
    : [row(days.length)];
  const columns = [
    ...(byDay ? [{ name: 'day', columnType: 'DIMENSION', dataType: 'STRING' }] : []),
    ...metrics.map((name) => ({ name, columnType: 'METRIC', dataType: 'INTEGER' })),
  ];
  return json(200, { kind: 'youtubeAnalytics#resultTable', columnHeaders: columns, rows });
}
