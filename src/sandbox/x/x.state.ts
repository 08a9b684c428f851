import { LaggingList } from '../core/lagging.list.js';
import type { IssuedToken, OAuthServer } from '../core/oauth/index.js';
import type { JsonObject } from '../core/json.js';
import type { OperationContext } from '../core/operation.js';
import { bearerOf, type SandboxRequest } from '../core/request.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { MediaLibrary } from './media.library.js';
import type { Post } from './post.js';
import { SnowflakeIds } from './snowflake.ids.js';
import { forbidden, suspended, unauthorized, unsupportedAuthentication } from './x.errors.js';
import { xOAuth } from './x.oauth.js';
import { readPerson, type Person } from './x.person.js';
import { Rates } from './x.rates.js';
import { defaultSettings } from './x.settings.js';

/** The app's own token, which no person stands behind. */
export const APP_TOKEN = 'sandbox-x-app-token';

export interface Caller {
  readonly person: Person;
  readonly token: IssuedToken;
}

/** Everything that the simulated platform remembers. */
export class XState {
  readonly oauth: OAuthServer;
  readonly posts: LaggingList<Post>;
  readonly media: MediaLibrary;
  readonly rates: Rates;
  readonly ids: SnowflakeIds;
  settings = defaultSettings;
  people: Person[] = [];

  constructor(readonly environment: SimulatorEnvironment) {
    const { clock } = environment;
    this.posts = new LaggingList(clock);
    this.ids = new SnowflakeIds(clock);
    this.media = new MediaLibrary(this.ids);
    this.rates = new Rates(clock);
    this.oauth = xOAuth(environment, () => this.people);
    this.seed();
  }

  /** A new person, or another subscription and status of one who exists. */
  put(input: JsonObject): Person {
    const wanted = readPerson(input, undefined);
    const known = this.people.find(({ username }) => username === wanted.username);
    if (known !== undefined) return Object.assign(known, readPerson(input, known));
    const createdAt = this.environment.clock.iso();
    const person = { id: this.ids.next(), createdAt, ...wanted };
    this.people.push(person);
    return person;
  }

  person(id: string): Person | undefined {
    return this.people.find((person) => person.id === id);
  }

  post(id: string): Post | undefined {
    return this.posts.all().find((post) => post.id === id);
  }

  /** Who calls; a token that is not good is refused in the platform's own words. */
  authorize(request: SandboxRequest, context: OperationContext, scopes: readonly string[]): Caller {
    if (bearerOf(request) === APP_TOKEN) throw unsupportedAuthentication();
    const checked = this.oauth.checkBearer(request);
    const person = checked.ok ? this.person(checked.token.accountId) : undefined;
    if (!checked.ok || person === undefined) throw unauthorized();
    context.actsAs(person.id);
    if (person.status === 'suspended') throw suspended();
    if (scopes.some((scope) => !checked.token.scopes.includes(scope))) throw forbidden('Forbidden');
    return { person, token: checked.token };
  }

  reset(): void {
    this.people = [];
    this.settings = defaultSettings;
    this.posts.reset();
    this.media.reset();
    this.rates.reset();
    this.oauth.reset();
    this.seed();
  }

  private seed(): void {
    this.put({ name: 'Alice' });
    this.put({ name: 'Bob', subscription: 'Premium' });
  }
}
