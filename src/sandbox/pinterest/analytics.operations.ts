import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { invalid, notAuthorized } from './pinterest.errors.js';
import type { Pin } from './pinterest.model.js';
import { readablePin } from './pin.operations.js';
import type { PinterestState } from './pinterest.state.js';

const DAY_MS = 24 * 60 * 60_000;
const LONGEST_AGO_DAYS = 90;
const APP_TYPES = ['ALL', 'MOBILE', 'TABLET', 'WEB'];
const QUERY = ['start_date', 'end_date', 'metric_types', 'app_types'];
/** Counted over the life of a pin, not by the day. */
const LIFETIME = ['TOTAL_COMMENTS', 'TOTAL_REACTIONS'];

export function analyticsOperations(state: PinterestState): Operation[] {
  return [
    apiOperation(state, {
      name: 'pins.analytics',
      method: 'GET',
      path: '/pins/:pin/analytics',
      query: QUERY,
      scopes: ['boards:read', 'pins:read'],
      category: 'org_analytics',
      run: (call) => ofPin(state, call),
    }),
    apiOperation(state, {
      name: 'user_account.analytics',
      method: 'GET',
      path: '/user_account/analytics',
      query: QUERY,
      scopes: ['user_accounts:read'],
      category: 'org_analytics',
      run: (call) => ofAccount(state, call),
    }),
  ];
}

function ofPin(state: PinterestState, call: ApiCall): SandboxResponse {
  const pin = readablePin(state, call);
  const asked = metricsIn(state, call, true);
  const figures = figuresOf(state);
  const lifetime = asked.filter((name) => LIFETIME.includes(name));
  return json(200, {
    all: {
      ...counted(state, call, { pins: [pin], names: asked.filter((name) => !LIFETIME.includes(name)) }),
      lifetime_metrics: Object.fromEntries(lifetime.map((name) => [name, figures[name] ?? 0])),
    },
  });
}

function ofAccount(state: PinterestState, call: ApiCall): SandboxResponse {
  const pins = state.pins.all().filter(({ ownerId }) => ownerId === call.person.id);
  return json(200, { all: counted(state, call, { pins, names: metricsIn(state, call, false) }) });
}

/** All that is seen of a pin is seen on its first day. */
function counted(
  state: PinterestState,
  { request: { query } }: ApiCall,
  { pins, names }: { readonly pins: readonly Pin[]; readonly names: readonly string[] },
): JsonObject {
  const figures = figuresOf(state);
  const days = daysOf(state, query);
  const times = (date: string): number => pins.filter(({ createdAt }) => dayOf(createdAt) === date).length;
  const sums = (count: number): JsonObject =>
    Object.fromEntries(names.map((name) => [name, (figures[name] ?? 0) * count]));
  const all = days.reduce((sum, date) => sum + times(date), 0);
  return {
    daily_metrics: days.map((date) => ({
      date,
      data_status: state.settings.dataStatus,
      metrics: sums(times(date)),
    })),
    summary_metrics: sums(all),
  };
}

/** Analytics are for business accounts. */
function metricsIn(
  state: PinterestState,
  { request: { query }, person }: ApiCall,
  needed: boolean,
): string[] {
  if (person.accountType !== 'BUSINESS') throw notAuthorized(403);
  const given = query.get('metric_types');
  if (given === null && needed) throw invalid('pins analytics parameters.');
  const known = Object.keys(figuresOf(state));
  const asked = given === null ? known.filter((name) => !LIFETIME.includes(name)) : given.split(',');
  if (asked.some((name) => !known.includes(name))) throw invalid('pins analytics parameters.');
  if (!APP_TYPES.includes(query.get('app_types') ?? 'ALL')) throw invalid('pins analytics parameters.');
  return asked;
}

function daysOf({ environment: { clock } }: PinterestState, query: URLSearchParams): string[] {
  const [start, end] = [timeOf(query.get('start_date')), timeOf(query.get('end_date'))];
  const today = timeOf(dayOf(clock.now()));
  if (end < start || today - start > LONGEST_AGO_DAYS * DAY_MS) throw invalid('pins analytics parameters.');
  const count = Math.round((end - start) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, index) => dayOf(start + index * DAY_MS));
}

function timeOf(date: string | null): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(date ?? '') ? Date.parse(`${date ?? ''}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) throw invalid('pins analytics parameters.');
  return time;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function figuresOf({ settings }: PinterestState): Readonly<Record<string, number>> {
  return {
    IMPRESSION: settings.impressions,
    SAVE: settings.saves,
    PIN_CLICK: settings.pinClicks,
    OUTBOUND_CLICK: settings.outboundClicks,
    VIDEO_MRC_VIEW: settings.videoViews,
    TOTAL_COMMENTS: settings.comments,
    TOTAL_REACTIONS: settings.reactions,
  };
}
