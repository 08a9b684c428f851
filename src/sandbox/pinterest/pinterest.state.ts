import { LaggingList } from '../core/lagging.list.js';
import type { JsonObject } from '../core/json.js';
import type { IssuedToken, OAuthServer } from '../core/oauth/index.js';
import type { OperationContext } from '../core/operation.js';
import { Processing } from '../core/processing.js';
import type { SandboxRequest } from '../core/request.js';
import { Refusal } from '../core/response.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { addBoards, addBoard, readPerson } from './account.input.js';
import {
  authenticationFailed,
  boardNotFound,
  notAuthorized,
  unsupportedConsumer,
} from './pinterest.errors.js';
import type { Board, Person, Pin, Upload } from './pinterest.model.js';
import { pinterestOAuth } from './pinterest.oauth.js';
import { Rates } from './pinterest.rates.js';
import { defaultSettings } from './pinterest.settings.js';

export interface Caller {
  readonly person: Person;
  readonly token: IssuedToken;
}

/** Where each kind of id begins: numbers beyond what a double can hold, written as text. */
const FIRST_IDS = {
  person: 549755885175n,
  board: 1022106077901234500n,
  section: 5195035916725150700n,
  pin: 813744226420795884n,
  media: 5195035116725909600n,
};

/** Everything that the simulated platform remembers. */
export class PinterestState {
  readonly oauth: OAuthServer;
  readonly pins: LaggingList<Pin>;
  readonly rates: Rates;
  readonly videos: Processing;
  settings = defaultSettings;
  people: Person[] = [];
  boards: Board[] = [];
  uploads: Upload[] = [];
  private nextIds = { ...FIRST_IDS };
  private boardWrites = new Map<string, number>();

  constructor(readonly environment: SimulatorEnvironment) {
    const { clock } = environment;
    this.pins = new LaggingList(clock);
    this.rates = new Rates(clock);
    this.videos = new Processing(clock);
    this.oauth = pinterestOAuth(environment, () => this.people);
    this.seed();
  }

  nextId(kind: keyof typeof FIRST_IDS): string {
    const id = this.nextIds[kind];
    this.nextIds[kind] = id + 1n;
    return String(id);
  }

  /** A new person, with the boards that are asked for or the usual ones. */
  add(input: JsonObject): Person {
    const person = { id: this.nextId('person'), ...readPerson(input) };
    this.people.push(person);
    addBoards(this, person, input);
    return person;
  }

  person(id: string): Person | undefined {
    return this.people.find((person) => person.id === id);
  }

  /** A board that the caller may see. */
  boardFor({ person, token }: Caller, id: string): Board {
    const board = this.boards.find((candidate) => candidate.id === id);
    if (board === undefined) throw boardNotFound();
    const hidden = board.privacy === 'SECRET' && !token.scopes.includes('boards:read_secret');
    if (!isMember(board, person) || hidden) throw notAuthorized(403);
    return board;
  }

  /** Boards take one write at a time: false while another one is fresh. */
  takeBoard(board: Board): boolean {
    const now = this.environment.clock.now();
    const last = this.boardWrites.get(board.id);
    if (last !== undefined && now - last < this.settings.boardWindowMs) return false;
    this.boardWrites.set(board.id, now);
    return true;
  }

  /** Who calls; a token that is not good is refused in the platform's own words. */
  authorize(request: SandboxRequest, context: OperationContext, scopes: readonly string[]): Caller {
    const checked = this.oauth.checkBearer(request);
    const person = checked.ok ? this.person(checked.token.accountId) : undefined;
    if (!checked.ok || person === undefined) throw new Refusal(authenticationFailed());
    context.actsAs(person.id);
    if (this.settings.unsupportedConsumer) throw unsupportedConsumer();
    if (scopes.some((scope) => !checked.token.scopes.includes(scope))) throw notAuthorized(401);
    return { person, token: checked.token };
  }

  reset(): void {
    this.people = [];
    this.boards = [];
    this.uploads = [];
    this.nextIds = { ...FIRST_IDS };
    this.boardWrites = new Map();
    this.settings = defaultSettings;
    this.pins.reset();
    this.rates.reset();
    this.videos.reset();
    this.oauth.reset();
    this.seed();
  }

  /** Alice shares a board with Bob, who has no business account. */
  private seed(): void {
    const alice = this.add({ name: 'Alice' });
    const bob = this.add({ name: 'Bob', accountType: 'PINNER' });
    const together = addBoard(this, alice, { name: 'Together' });
    together.collaborators.add(bob.id);
  }
}

export function isMember(board: Board, { id }: Person): boolean {
  return board.ownerId === id || board.collaborators.has(id);
}
