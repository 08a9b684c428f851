import { stringAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, param, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { addBoard } from './account.input.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { pageOf, PAGING } from './paging.js';
import { invalid, notAuthorized, refuse, sectionNotFound } from './pinterest.errors.js';
import { PRIVACIES, type Board, type Pin, type Section } from './pinterest.model.js';
import { isMember, type PinterestState } from './pinterest.state.js';
import { pinView } from './pin.view.js';

const FILTERS: Readonly<Record<string, readonly string[]>> = {
  ALL: PRIVACIES,
  PUBLIC: ['PUBLIC'],
  PROTECTED: ['PROTECTED'],
  SECRET: ['SECRET'],
  PUBLIC_AND_SECRET: ['PUBLIC', 'SECRET'],
};
const LONGEST_SECTION = 180;
const MOST_BOARDS = 2_000;

export function boardOperations(state: PinterestState): Operation[] {
  const reading = { method: 'GET', category: 'org_read', scopes: ['boards:read'] } as const;
  const writing = { method: 'POST', category: 'org_write', scopes: ['boards:read', 'boards:write'] } as const;
  return [
    apiOperation(state, {
      ...reading,
      name: 'boards.list',
      path: '/boards',
      query: [...PAGING, 'privacy'],
      run: (call) => list(state, call),
    }),
    apiOperation(state, {
      ...writing,
      name: 'boards.create',
      path: '/boards',
      body: [{ kind: 'json', fields: ['name', 'description', 'privacy'] }],
      run: (call) => create(state, call),
    }),
    apiOperation(state, {
      ...reading,
      name: 'boards.get',
      path: '/boards/:board',
      run: (call) => json(200, boardView(state, state.boardFor(call, boardIdIn(call.request)))),
    }),
    apiOperation(state, {
      ...reading,
      name: 'boards.list_pins',
      path: '/boards/:board/pins',
      scopes: ['boards:read', 'pins:read'],
      query: [...PAGING, 'pin_metrics'],
      run: (call) => listPins(state, call),
    }),
    apiOperation(state, {
      ...reading,
      name: 'board_sections.list',
      path: '/boards/:board/sections',
      query: PAGING,
      run: (call) =>
        pageOf(call.request.query, state.boardFor(call, boardIdIn(call.request)).sections, sectionView),
    }),
    apiOperation(state, {
      ...reading,
      name: 'board_sections.list_pins',
      path: '/boards/:board/sections/:section/pins',
      scopes: ['boards:read', 'pins:read'],
      query: PAGING,
      run: (call) => listPinsOfSection(state, call),
    }),
    apiOperation(state, {
      ...writing,
      name: 'board_sections.create',
      path: '/boards/:board/sections',
      body: [{ kind: 'json', fields: ['name'] }],
      run: (call) => createSection(state, call),
    }),
  ];
}

function list(state: PinterestState, { request: { query }, person, token }: ApiCall): SandboxResponse {
  const wanted = FILTERS[query.get('privacy') ?? 'ALL'];
  if (wanted === undefined) throw invalid(`privacy: ${query.get('privacy') ?? ''}`);
  const seesSecrets = token.scopes.includes('boards:read_secret');
  const seen = state.boards
    .filter((board) => isMember(board, person) && wanted.includes(board.privacy))
    .filter(({ privacy }) => privacy !== 'SECRET' || seesSecrets);
  return pageOf(query, seen, (board) => boardView(state, board));
}

function create(state: PinterestState, { request, person, token }: ApiCall): SandboxResponse {
  const fields = fieldsOf(request);
  const name = stringAt(fields, 'name') ?? '';
  if (name === '') throw invalid('board name');
  const privacy = stringAt(fields, 'privacy') ?? 'PUBLIC';
  if (!PRIVACIES.some((known) => known === privacy)) throw invalid(`privacy: ${privacy}`);
  if (privacy === 'SECRET' && !token.scopes.includes('boards:write_secret')) throw notAuthorized(401);
  const own = state.boards.filter(({ ownerId }) => ownerId === person.id);
  if (own.some((board) => board.name === name)) {
    throw refuse(400, 58, 'You already have a board with a similar name.');
  }
  if (own.length >= MOST_BOARDS) throw invalid(`board: an account has at most ${MOST_BOARDS}`);
  return json(201, boardView(state, addBoard(state, person, fields)));
}

/** Pins of everybody who shares the board. */
function listPins(state: PinterestState, call: ApiCall): SandboxResponse {
  const board = state.boardFor(call, boardIdIn(call.request));
  return pinsPage(state, call, (pin) => pin.board === board);
}

function listPinsOfSection(state: PinterestState, call: ApiCall): SandboxResponse {
  const board = state.boardFor(call, boardIdIn(call.request));
  const section = board.sections.find(({ id }) => id === param(call.request, 'section'));
  if (section === undefined) throw sectionNotFound();
  return pinsPage(state, call, (pin) => pin.board === board && pin.sectionId === section.id);
}

function pinsPage(state: PinterestState, call: ApiCall, isThere: (pin: Pin) => boolean): SandboxResponse {
  const pins = state.pins.seen(state.settings.readLagMs).filter(isThere);
  const withMetrics = call.request.query.get('pin_metrics') === 'true';
  return pageOf(call.request.query, pins, (pin) =>
    pinView(state, pin, { readerId: call.person.id, withMetrics }),
  );
}

function createSection(state: PinterestState, call: ApiCall): SandboxResponse {
  const board = state.boardFor(call, boardIdIn(call.request));
  const name = stringAt(fieldsOf(call.request), 'name') ?? '';
  if (name === '' || [...name].length > LONGEST_SECTION) throw invalid('board section parameters.');
  if (!state.takeBoard(board)) {
    throw refuse(409, 409, 'Could not get exclusive access to the board to create a new section.');
  }
  const section = { id: state.nextId('section'), name };
  board.sections.push(section);
  return json(201, sectionView(section));
}

function boardIdIn(request: SandboxRequest): string {
  const id = param(request, 'board');
  if (!/^\d+$/.test(id)) throw invalid(`request: '${id}' does not match '^\\d+$'`);
  return id;
}

function sectionView({ id, name }: Section): JsonObject {
  return { id, name };
}

function boardView(state: PinterestState, board: Board): JsonObject {
  const pins = state.pins.all().filter((pin) => pin.board === board);
  return {
    id: board.id,
    name: board.name,
    description: board.description,
    privacy: board.privacy,
    owner: { username: state.person(board.ownerId)?.username ?? '' },
    collaborator_count: board.collaborators.size,
    follower_count: 0,
    pin_count: pins.length,
    is_ads_only: board.isAdsOnly,
    media: { image_cover_url: null, pin_thumbnail_urls: [] },
    created_at: board.createdAt,
    board_pins_modified_at: board.createdAt,
  };
}
