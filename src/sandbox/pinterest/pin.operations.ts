import type { Operation } from '../core/operation.js';
import { param } from '../core/request.js';
import { empty, json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { pageOf, PAGING } from './paging.js';
import { notAuthorized, pinNotFound, rateLimited, trialApp } from './pinterest.errors.js';
import type { Pin } from './pinterest.model.js';
import { isMember, type PinterestState } from './pinterest.state.js';
import { PIN_FIELDS, readPin } from './pin.input.js';
import { pinView } from './pin.view.js';

const READ = ['boards:read', 'pins:read'];
const WRITE = ['boards:read', 'boards:write', 'pins:read', 'pins:write'];

export function pinOperations(state: PinterestState): Operation[] {
  return [
    apiOperation(state, {
      name: 'pins.create',
      method: 'POST',
      path: '/pins',
      visible: true,
      body: [{ kind: 'json', fields: PIN_FIELDS }],
      scopes: WRITE,
      category: 'org_write',
      run: (call) => create(state, call),
    }),
    apiOperation(state, {
      name: 'pins.list',
      method: 'GET',
      path: '/pins',
      query: [...PAGING, 'pin_metrics'],
      scopes: READ,
      category: 'org_read',
      run: (call) => list(state, call),
    }),
    apiOperation(state, {
      name: 'pins.get',
      method: 'GET',
      path: '/pins/:pin',
      query: ['pin_metrics'],
      scopes: READ,
      category: 'org_read',
      run: (call) => json(200, pinView(state, readablePin(state, call), readerOf(call))),
    }),
    apiOperation(state, {
      name: 'pins.delete',
      method: 'DELETE',
      path: '/pins/:pin',
      scopes: WRITE,
      category: 'org_write',
      run: (call) => remove(state, call),
    }),
  ];
}

/** A pin that the caller may look at; a new one is missing for a while. */
export function readablePin(state: PinterestState, { request, person }: ApiCall): Pin {
  const pin = state.pins.seen(state.settings.readLagMs).find(({ id }) => id === param(request, 'pin'));
  if (pin === undefined) throw pinNotFound();
  if (pin.ownerId !== person.id && !isMember(pin.board, person)) throw notAuthorized(403);
  return pin;
}

async function create(state: PinterestState, call: ApiCall): Promise<SandboxResponse> {
  if (state.settings.trial) throw trialApp();
  const wanted = await readPin(state, call);
  if (!state.takeBoard(wanted.board)) throw rateLimited();
  const createdAt = state.environment.clock.now();
  const pin: Pin = { id: state.nextId('pin'), ownerId: call.person.id, createdAt, ...wanted };
  state.pins.add(pin);
  return json(201, pinView(state, pin, { readerId: call.person.id }));
}

function list(state: PinterestState, call: ApiCall): SandboxResponse {
  const own = state.pins.seen(state.settings.readLagMs).filter(({ ownerId }) => ownerId === call.person.id);
  return pageOf(call.request.query, own, (pin) => pinView(state, pin, readerOf(call)));
}

function remove(state: PinterestState, { request, person }: ApiCall): SandboxResponse {
  const pin = state.pins.all().find(({ id }) => id === param(request, 'pin'));
  if (pin === undefined) throw pinNotFound();
  if (pin.ownerId !== person.id) throw notAuthorized(403);
  state.pins.remove((candidate) => candidate === pin);
  return empty(204);
}

function readerOf({ person, request }: ApiCall): { readerId: string; withMetrics: boolean } {
  return { readerId: person.id, withMetrics: request.query.get('pin_metrics') === 'true' };
}
