import { numberAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { param } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { checkMayRead } from './author.rights.js';
import { notEnoughPermissions, notFound, refuse } from './linkedin.errors.js';
import type { LinkedinState } from './linkedin.state.js';
import type { Post } from './post.store.js';
import { restOperation, type RestCall } from './rest.operation.js';

const FIGURES = [
  'impressionCount',
  'uniqueImpressionsCount',
  'clickCount',
  'likeCount',
  'commentCount',
  'shareCount',
  'engagement',
];

/** What each question to a member's analytics counts. */
const QUERY_TYPES: ReadonlyMap<string, string> = new Map([
  ['IMPRESSION', 'impressionCount'],
  ['MEMBERS_REACHED', 'uniqueImpressionsCount'],
  ['REACTION', 'likeCount'],
  ['COMMENT', 'commentCount'],
  ['RESHARE', 'shareCount'],
  ['LINK_CLICKS', 'clickCount'],
]);

export function statisticsOperations(state: LinkedinState): Operation[] {
  return [
    restOperation(state, {
      name: 'shareStatistics',
      method: 'GET',
      path: '/rest/organizationalEntityShareStatistics',
      query: ['q', 'organizationalEntity', 'shares', 'ugcPosts'],
      run: (call) => shareStatistics(state, call),
    }),
    restOperation(state, {
      name: 'memberPostAnalytics',
      method: 'GET',
      path: '/rest/memberCreatorPostAnalytics',
      query: ['q', 'entity', 'queryType', 'aggregation'],
      run: (call) => memberAnalytics(state, call),
    }),
    restOperation(state, {
      name: 'networkSizes',
      method: 'GET',
      path: '/rest/networkSizes/:urn',
      query: ['edgeType'],
      run: ({ request }) => {
        const organization = state.members.find(param(request, 'urn'));
        if (organization?.kind !== 'organization') throw notFound('There is no such organization');
        return json(200, { firstDegreeSize: 0 });
      },
    }),
  ];
}

function shareStatistics(
  state: LinkedinState,
  { request: { query }, caller, context }: RestCall,
): SandboxResponse {
  const organization = query.get('organizationalEntity') ?? '';
  if (query.get('q') !== 'organizationalEntity')
    throw refuse(400, 'PARAM_INVALID', 'The finder is not known');
  checkMayRead(
    state,
    caller,
    organization,
    'organizationalEntityShareStatistics.FINDER-organizationalEntity',
  );
  context.actsAs(state.members.find(organization)?.id ?? caller.person.id);
  const wanted = [...listOf(query, 'shares', 'share'), ...listOf(query, 'ugcPosts', 'ugcPost')];
  const posts = wanted
    .flatMap((urn) => state.posts.find(urn) ?? [])
    .filter(({ author }) => author === organization);
  const elements = posts.flatMap((post) => {
    const figures = figuresOf(state, post);
    // A post that nobody has seen is not there.
    if (Object.values(figures).every((figure) => figure === 0)) return [];
    const key = post.urn.includes(':ugcPost:') ? 'ugcPost' : 'share';
    return [{ [key]: post.urn, organizationalEntity: organization, totalShareStatistics: figures }];
  });
  return json(200, { paging: { start: 0, count: 10, links: [] }, elements });
}

/** `List(urn:li:share:1,urn:li:share:2)`, whose parentheses stay as they are. */
function listOf(query: URLSearchParams, name: string, kind: string): string[] {
  const value = query.get(name);
  if (value === null) return [];
  const [, inner] = /^List\((.*)\)$/.exec(value) ?? [];
  const urns = inner?.split(',') ?? [];
  if (urns.length === 0 || urns.some((urn) => !urn.startsWith(`urn:li:${kind}:`))) {
    throw refuse(400, 'PARAM_INVALID', `${name} has to be a List() of ${kind} URNs`);
  }
  return urns;
}

function figuresOf({ settings, posts }: LinkedinState, { urn }: Post): JsonObject {
  const own: Readonly<Record<string, number>> = {
    likeCount: posts.reactions.get(urn)?.size ?? 0,
    commentCount: posts.comments.filter(({ postUrn }) => postUrn === urn).length,
    shareCount: posts.all().filter(({ parent }) => parent === urn).length,
  };
  return Object.fromEntries(
    FIGURES.map((name) => [name, (numberAt(settings.statistics, name) ?? 0) + (own[name] ?? 0)]),
  );
}

function memberAnalytics(state: LinkedinState, { request: { query }, caller }: RestCall): SandboxResponse {
  if (!caller.scopes.includes('r_member_postAnalytics'))
    throw notEnoughPermissions('memberCreatorPostAnalytics.GET');
  const [, urn] = /^\((?:share|ugc):(.+)\)$/.exec(query.get('entity') ?? '') ?? [];
  const figure = QUERY_TYPES.get(query.get('queryType') ?? '');
  const aggregation = query.get('aggregation');
  if (query.get('q') !== 'entity' || urn === undefined || figure === undefined || aggregation !== 'TOTAL') {
    throw refuse(400, 'PARAM_INVALID', 'Invalid query parameters passed to request');
  }
  const post = state.posts.find(urn);
  if (post?.author !== `urn:li:person:${caller.person.id}`) throw notFound(`Could not find entity ${urn}`);
  return json(200, { elements: [{ count: figuresOf(state, post)[figure] ?? 0 }] });
}
