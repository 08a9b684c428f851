import { arrayAt, booleanAt, isJsonObject, stringAt, type JsonObject } from '../core/json.js';
import { InvalidInput, type SandboxAccount } from '../core/simulator.js';
import { ACCOUNT_TYPES, PRIVACIES, type Board, type Person, type Section } from './pinterest.model.js';
import type { PinterestState } from './pinterest.state.js';

/** What everybody has who is not given other boards. */
const USUAL_BOARDS: readonly JsonObject[] = [
  { name: 'Recipes', sections: [{ name: 'Soups' }] },
  { name: 'Secret plans', privacy: 'SECRET' },
  { name: 'Advertising', adsOnly: true },
];

/** What `POST accounts` asks for. */
export function readPerson(input: JsonObject): Omit<Person, 'id'> {
  const name = stringAt(input, 'name') ?? stringAt(input, 'username') ?? 'Somebody';
  const username = stringAt(input, 'username') ?? name.toLowerCase().replace(/\W+/g, '_').slice(0, 30);
  if (!/^\w{1,30}$/.test(username)) {
    throw new InvalidInput('pinterest: username has 1 to 30 letters, digits or _');
  }
  return { name, username, accountType: oneOf(ACCOUNT_TYPES, input, 'accountType') ?? 'BUSINESS' };
}

export function addBoards(state: PinterestState, person: Person, input: JsonObject): void {
  const wanted = arrayAt(input, 'boards')?.filter(isJsonObject) ?? USUAL_BOARDS;
  for (const board of wanted) addBoard(state, person, board);
}

/** A new board; one whose id is there already becomes a group board with this person in it. */
export function addBoard(state: PinterestState, person: Person, input: JsonObject): Board {
  const known = state.boards.find(({ id }) => id === stringAt(input, 'id'));
  if (known !== undefined) {
    known.collaborators.add(person.id);
    return known;
  }
  const sections = arrayAt(input, 'sections')?.filter(isJsonObject) ?? [];
  const board: Board = {
    id: idOf(input) ?? state.nextId('board'),
    ownerId: person.id,
    collaborators: new Set(),
    name: nameOf(input),
    description: stringAt(input, 'description') ?? null,
    privacy: oneOf(PRIVACIES, input, 'privacy') ?? 'PUBLIC',
    isAdsOnly: booleanAt(input, 'adsOnly') ?? false,
    sections: sections.map((section): Section => ({
      id: idOf(section) ?? state.nextId('section'),
      name: nameOf(section),
    })),
    createdAt: state.environment.clock.iso(),
  };
  state.boards.push(board);
  return board;
}

/** Whoever connects logs in at the consent page; there is nothing to type. */
export function describePerson({ boards }: PinterestState, person: Person): SandboxAccount {
  const { id, name, username, accountType } = person;
  const own = boards.filter(({ ownerId, collaborators }) => ownerId === id || collaborators.has(id));
  const listed = own.map((board) => ({
    ...{ id: board.id, name: board.name, privacy: board.privacy },
    sections: board.sections.map((section) => ({ ...section })),
  }));
  return { id, name, credentials: {}, details: { username, accountType, boards: listed } };
}

function idOf(input: JsonObject): string | undefined {
  const id = stringAt(input, 'id');
  if (id !== undefined && !/^\d+$/.test(id)) throw new InvalidInput('pinterest: ids are digits');
  return id;
}

function nameOf(input: JsonObject): string {
  return stringAt(input, 'name') ?? 'Unnamed';
}

function oneOf<T extends string>(values: readonly T[], input: JsonObject, key: string): T | undefined {
  const given = stringAt(input, key);
  if (given === undefined) return undefined;
  const found = values.find((value) => value === given);
  if (found === undefined) throw new InvalidInput(`pinterest: ${key} is one of ${values.join(', ')}`);
  return found;
}
