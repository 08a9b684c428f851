import { numberAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { param, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { GoogleBusinessState } from './google-business.state.js';
import { badRequest, notFound } from './google.errors.js';
import { bareLocationOf, googleOperation, type GoogleCall } from './google.operation.js';

const METRICS = [
  ...['BUSINESS_IMPRESSIONS_DESKTOP_MAPS', 'BUSINESS_IMPRESSIONS_DESKTOP_SEARCH'],
  ...['BUSINESS_IMPRESSIONS_MOBILE_MAPS', 'BUSINESS_IMPRESSIONS_MOBILE_SEARCH'],
  ...['BUSINESS_CONVERSATIONS', 'BUSINESS_DIRECTION_REQUESTS', 'CALL_CLICKS', 'WEBSITE_CLICKS'],
  ...['BUSINESS_BOOKINGS', 'BUSINESS_FOOD_ORDERS', 'BUSINESS_FOOD_MENU_CLICKS'],
];
const ENDS = ['startDate', 'endDate'] as const;
const VERB = ':fetchMultiDailyMetricsTimeSeries';
const DAY_MS = 24 * 60 * 60_000;
const LONGEST_DAYS = 18 * 31;

/** Figures of a location per day; there are none of a post any more. */
export function performanceOperations(state: GoogleBusinessState): Operation[] {
  return [
    googleOperation(state, {
      name: 'performance.fetch',
      host: 'PERFORMANCE',
      method: 'GET',
      path: '/v1/locations/:target',
      query: [
        'dailyMetrics',
        ...ENDS.flatMap((end) => ['year', 'month', 'day'].map((part) => `dailyRange.${end}.${part}`)),
      ],
      run: (call) => fetchSeries(state, call),
    }),
  ];
}

function fetchSeries(state: GoogleBusinessState, call: GoogleCall): SandboxResponse {
  const target = param(call.request, 'target');
  if (!target.endsWith(VERB)) throw notFound();
  bareLocationOf(state, call, target.slice(0, -VERB.length));
  const metrics = call.request.query.getAll('dailyMetrics');
  if (metrics.length === 0 || metrics.some((metric) => !METRICS.includes(metric))) {
    throw badRequest('daily_metrics', 'Invalid daily metrics');
  }
  const days = daysOf(call.request);
  const dailyMetricTimeSeries = metrics.map((dailyMetric) => ({
    dailyMetric,
    timeSeries: { datedValues: days.map((day) => valueAt(state, dailyMetric, day)) },
  }));
  return json(200, { multiDailyMetricTimeSeries: [{ dailyMetricTimeSeries }] });
}

/** A zero is not written, and neither is a day that has not been yet. */
function valueAt(state: GoogleBusinessState, metric: string, day: Date): JsonObject {
  const date = { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
  const value = numberAt(state.settings.dailyMetrics, metric) ?? 0;
  const known = value !== 0 && day.getTime() <= state.environment.clock.now();
  return { date, ...(known ? { value: String(value) } : {}) };
}

function daysOf(request: SandboxRequest): Date[] {
  const [first, last] = ENDS.map((end) => dayOf(request, end)) as [number, number];
  const count = (last - first) / DAY_MS + 1;
  if (!(count >= 1) || count > LONGEST_DAYS) throw badRequest('daily_range', 'Invalid date range');
  return Array.from({ length: count }, (_, no) => new Date(first + no * DAY_MS));
}

function dayOf({ query }: SandboxRequest, end: string): number {
  const [year = 0, month = 0, day = 0] = ['year', 'month', 'day'].map((part) =>
    Number(query.get(`dailyRange.${end}.${part}`) ?? Number.NaN),
  );
  return Date.UTC(year, month - 1, day);
}
