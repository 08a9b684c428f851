import { Injectable } from '@nestjs/common';
import { bodyOf, listAt, recordAt, textAt } from '../core/index.js';
import { unreadable } from './linkedin.answers.js';
import { encodeUrn, LinkedinApi } from './linkedin.api.js';

export interface Member {
  /** Its URN is `urn:li:person:{sub}`. */
  readonly sub: string;
  readonly name: string;
  readonly picture: string | null;
}

export interface Organization {
  readonly urn: string;
  readonly name: string;
  readonly vanityName: string | null;
}

/** Roles that may post. The one for advertisements may not. */
const postingRoles = ['ADMINISTRATOR', 'CONTENT_ADMINISTRATOR'];
const pageSize = 100;

/** Who a login is, and for which organizations it may speak. */
@Injectable()
export class LinkedinDirectory {
  constructor(private readonly api: LinkedinApi) {}

  async member(token: string): Promise<Member> {
    const operation = 'userinfo';
    const body = bodyOf(await this.api.rest(token, { operation, method: 'GET', path: '/v2/userinfo' }));
    const sub = textAt(body, 'sub');
    if (sub === null || sub === '') throw unreadable(operation);
    return { sub, name: textAt(body, 'name') ?? sub, picture: textAt(body, 'picture') };
  }

  /** Every organization that the member may post for. */
  async organizations(token: string): Promise<Organization[]> {
    const urns = new Set<string>();
    for (const role of postingRoles) for (const urn of await this.withRole(token, role)) urns.add(urn);
    return Promise.all([...urns].map((urn) => this.organization(token, urn)));
  }

  async organization(token: string, urn: string): Promise<Organization> {
    const operation = 'organization';
    const path = `/rest/organizations/${encodeURIComponent(urn.split(':').at(-1) ?? '')}`;
    const body = recordAt(bodyOf(await this.api.rest(token, { operation, method: 'GET', path })));
    if (body === null) throw unreadable(operation);
    return { urn, name: textAt(body, 'localizedName') ?? urn, vanityName: textAt(body, 'vanityName') };
  }

  private async withRole(token: string, role: string): Promise<string[]> {
    const operation = 'organizationAcls';
    const urns: string[] = [];
    for (let start = 0; ; start += pageSize) {
      const query = `q=roleAssignee&role=${encodeUrn(role)}&state=APPROVED&count=${pageSize}&start=${start}`;
      const path = `/rest/organizationAcls?${query}`;
      const answer = await this.api.rest(token, { operation, method: 'GET', path, restMethod: 'FINDER' });
      const elements = listAt(bodyOf(answer), 'elements');
      if (elements === null) throw unreadable(operation);
      urns.push(...elements.flatMap((element) => textAt(element, 'organization') ?? []));
      if (elements.length < pageSize) return urns;
    }
  }
}
