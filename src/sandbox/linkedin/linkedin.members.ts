import { InvalidInput } from '../core/simulator.js';

export const POSTING_ROLES = [
  'ADMINISTRATOR',
  'CONTENT_ADMINISTRATOR',
  'CONTENT_ADMIN',
  'DIRECT_SPONSORED_CONTENT_POSTER',
] as const;

const OTHER_ROLES = ['ANALYST', 'CURATOR', 'RECRUITING_POSTER', 'LEAD_GEN_FORMS_MANAGER'];

export interface Person {
  readonly kind: 'person';
  readonly id: string;
  readonly name: string;
  restricted: boolean;
}

export interface Organization {
  readonly kind: 'organization';
  readonly id: string;
  readonly name: string;
  readonly vanityName: string;
  /** Id of the person who has the role. */
  readonly admin: string;
  readonly role: string;
}

export type Actor = Person | Organization;

/** Who posts here: people, and the organizations that they manage. */
export class Members {
  people: Person[] = [];
  organizations: Organization[] = [];

  addPerson(name: string): Person {
    const id = `Sb${String(1000 + this.people.length)}xQ_z`;
    const person: Person = { kind: 'person', id, name, restricted: false };
    this.people.push(person);
    return person;
  }

  addOrganization(name: string, admin: string, role: string): Organization {
    if (![...POSTING_ROLES, ...OTHER_ROLES].includes(role))
      throw new InvalidInput(`there is no role ${role}`);
    const id = String(5_000_001 + this.organizations.length);
    const vanityName = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const organization: Organization = { kind: 'organization', id, name, vanityName, admin, role };
    this.organizations.push(organization);
    return organization;
  }

  person(id: string): Person | undefined {
    return this.people.find((person) => person.id === id);
  }

  /** By id or URN. */
  find(name: string): Actor | undefined {
    return [...this.people, ...this.organizations].find(
      (actor) => actor.id === name || urnOf(actor) === name,
    );
  }

  managedBy(personId: string): Organization[] {
    return this.organizations.filter(({ admin }) => admin === personId);
  }

  reset(): void {
    this.people = [];
    this.organizations = [];
  }
}

export function urnOf({ kind, id }: Actor): string {
  return `urn:li:${kind}:${id}`;
}

export function mayPost({ role }: Organization): boolean {
  return POSTING_ROLES.some((posting) => posting === role);
}
