import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { param, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { hasOrganizationScope } from './author.rights.js';
import { notEnoughPermissions, notFound, refuse } from './linkedin.errors.js';
import { urnOf, type Organization } from './linkedin.members.js';
import type { Caller, LinkedinState } from './linkedin.state.js';
import { pageOf } from './reading.operations.js';
import { restOperation, type RestCall } from './rest.operation.js';

/** Who logged in, and what they manage. */
export function directoryOperations(state: LinkedinState): Operation[] {
  return [
    {
      name: 'userinfo',
      host: 'API',
      method: 'GET',
      path: '/v2/userinfo',
      visible: false,
      headers: ['linkedin-version', 'x-restli-protocol-version'],
      handle: (request, context) => userinfo(state.authorize(request, context)),
    },
    restOperation(state, {
      name: 'organizationAcls',
      method: 'GET',
      path: '/rest/organizationAcls',
      query: ['q', 'role', 'state', 'count', 'start'],
      run: (call) => roles(state, call),
    }),
    restOperation(state, {
      name: 'organizations.get',
      method: 'GET',
      path: '/rest/organizations/:id',
      run: ({ request, caller }) => {
        checkOrganizationScope(caller, 'organizations.GET');
        const found = byId(state, param(request, 'id'));
        if (found === undefined) throw notFound('There is no such organization');
        return json(200, organizationView(found));
      },
    }),
    restOperation(state, {
      name: 'organizations.batch',
      method: 'GET',
      path: '/rest/organizations',
      query: ['ids'],
      run: ({ request, caller }) => {
        checkOrganizationScope(caller, 'organizations.BATCH_GET');
        return batch(state, request);
      },
    }),
  ];
}

function userinfo({ person, scopes }: Caller): SandboxResponse {
  if (!scopes.includes('openid')) throw notEnoughPermissions('userinfo.GET.NO_VERSION');
  const [given = '', ...family] = person.name.split(' ');
  const profile = { name: person.name, given_name: given, family_name: family.join(' ') };
  return json(200, {
    sub: person.id,
    ...(scopes.includes('profile') ? { ...profile, locale: { country: 'US', language: 'en' } } : {}),
    ...(scopes.includes('email')
      ? { email: `${given.toLowerCase()}@example.com`, email_verified: true }
      : {}),
  });
}

function roles(state: LinkedinState, { request: { query }, caller }: RestCall): SandboxResponse {
  checkOrganizationScope(caller, 'organizationAcls.FINDER-roleAssignee');
  if (query.get('q') !== 'roleAssignee') throw refuse(400, 'PARAM_INVALID', 'The finder is not known');
  const [role, wanted] = [query.get('role'), query.get('state') ?? 'APPROVED'];
  const all = state.members
    .managedBy(caller.person.id)
    .filter((organization) => (role === null || organization.role === role) && wanted === 'APPROVED');
  const { start, count } = pageOf(query);
  const elements = all.slice(start, start + count).map((organization) => ({
    organization: urnOf(organization),
    role: organization.role,
    roleAssignee: urnOf(caller.person),
    state: 'APPROVED',
  }));
  return json(200, { paging: { start, count, links: [], total: all.length }, elements });
}

function checkOrganizationScope(caller: Caller, resource: string): void {
  if (!hasOrganizationScope(caller)) throw notEnoughPermissions(resource);
}

function batch(state: LinkedinState, { query }: SandboxRequest): SandboxResponse {
  const [, inner] = /^List\((.*)\)$/.exec(query.get('ids') ?? '') ?? [];
  if (inner === undefined) throw refuse(400, 'PARAM_INVALID', 'ids has to be a List()');
  const found = inner.split(',').flatMap((id) => byId(state, id) ?? []);
  const results = found.map((organization) => [organization.id, organizationView(organization)]);
  return json(200, { results: Object.fromEntries(results) as JsonObject, statuses: {}, errors: {} });
}

function byId(state: LinkedinState, id: string): Organization | undefined {
  return state.members.organizations.find((organization) => organization.id === id);
}

function organizationView({ id, name, vanityName }: Organization): JsonObject {
  return { id: Number(id), localizedName: name, vanityName, primaryOrganizationType: 'NONE' };
}
