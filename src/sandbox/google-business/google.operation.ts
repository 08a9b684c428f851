import type { Operation } from '../core/operation.js';
import { param, type SandboxRequest } from '../core/request.js';
import type { SandboxResponse } from '../core/response.js';
import type { Location, Person } from './business.directory.js';
import type { GoogleBusinessState } from './google-business.state.js';
import { notFound, permissionDenied } from './google.errors.js';

const SERVICES = {
  API: 'mybusiness.googleapis.com',
  ACCOUNTS: 'mybusinessaccountmanagement.googleapis.com',
  INFORMATION: 'mybusinessbusinessinformation.googleapis.com',
  PERFORMANCE: 'businessprofileperformance.googleapis.com',
} as const;

export interface GoogleCall {
  readonly request: SandboxRequest;
  readonly person: Person;
  readonly signal: AbortSignal;
  readonly actsAs: (account: string) => void;
}

export type GoogleOperation = Omit<Operation, 'host' | 'handle' | 'visible'> & {
  readonly host: keyof typeof SERVICES;
  readonly visible?: boolean;
  readonly run: (call: GoogleCall) => SandboxResponse | Promise<SandboxResponse>;
};

/** A call of one of the APIs, by a person, counted against the quota of the project. */
export function googleOperation(state: GoogleBusinessState, { run, ...rest }: GoogleOperation): Operation {
  return {
    ...rest,
    visible: rest.visible ?? false,
    handle: (request, context) => {
      const person = state.authorize(request, context);
      state.count(SERVICES[rest.host]);
      const signal = AbortSignal.any([context.clientGone, state.environment.scope.signal]);
      return run({ request, person, signal, actsAs: context.actsAs });
    },
  };
}

/** The location of a v4 path, which is one only together with an account that has it. */
export function locationOf(state: GoogleBusinessState, { request, person, actsAs }: GoogleCall): Location {
  const { directory } = state;
  const account = directory.account(param(request, 'account'));
  const location = directory.location(param(request, 'location'));
  if (account === undefined || location?.accountIds.includes(account.id) !== true) throw notFound();
  if (account.owner !== person.id || !location.managed) throw permissionDenied();
  actsAs(location.id);
  return location;
}

/** The location of a v1 path, through whichever account. */
export function bareLocationOf(
  state: GoogleBusinessState,
  { person, actsAs }: GoogleCall,
  id: string,
): Location {
  const { directory } = state;
  const location = directory.location(id);
  if (location === undefined) throw notFound();
  const own = directory.accountsOf(person).some((account) => location.accountIds.includes(account.id));
  if (!own || !location.managed) throw permissionDenied();
  actsAs(location.id);
  return location;
}
