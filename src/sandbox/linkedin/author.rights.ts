import { fieldProblem, notEnoughPermissions, refuseInWords } from './linkedin.errors.js';
import { mayPost, urnOf, type Actor } from './linkedin.members.js';
import type { Caller, LinkedinState } from './linkedin.state.js';

const ORGANIZATION_SCOPES = ['w_organization_social', 'r_organization_social', 'rw_organization_admin'];

export interface Wish {
  /** `author`, `owner`, `actor`: as the refusal names it. */
  readonly field: string;
  readonly resource: string;
}

/** The person or organization that the caller may speak for. */
export function speakAs(state: LinkedinState, caller: Caller, urn: string | undefined, wish: Wish): Actor {
  const actor = urn?.startsWith('urn:li:') === true ? state.members.find(urn) : undefined;
  if (urn?.startsWith('urn:li:organization:') === true && !caller.scopes.includes('w_organization_social')) {
    throw refuseInWords(
      400,
      `Organization permissions must be used when using organization as ${wish.field}`,
    );
  }
  if (actor === undefined) throw fieldProblem('value', `/${wish.field}`);
  if (actor.kind === 'organization') {
    if (actor.admin !== caller.person.id || !mayPost(actor)) throw notEnoughPermissions(wish.resource);
    return actor;
  }
  if (actor.id !== caller.person.id) throw fieldProblem('value', `/${wish.field}`);
  if (!caller.scopes.includes('w_member_social')) throw notEnoughPermissions(wish.resource);
  return actor;
}

/** Posts of an organization are read by those who manage it; those of a member by hardly any app. */
export function checkMayRead(state: LinkedinState, caller: Caller, urn: string, resource: string): void {
  const author = state.members.find(urn);
  const allowed =
    author?.kind === 'organization'
      ? author.admin === caller.person.id && caller.scopes.includes('r_organization_social')
      : author !== undefined && author.id === caller.person.id && caller.scopes.includes('r_member_social');
  if (!allowed) throw notEnoughPermissions(resource);
}

export function hasOrganizationScope({ scopes }: Caller): boolean {
  return scopes.some((scope) => ORGANIZATION_SCOPES.includes(scope));
}

export function isOwnedBy(urn: string, actor: Actor): boolean {
  return urnOf(actor) === urn;
}
