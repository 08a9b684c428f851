import { LaggingList } from '../core/lagging.list.js';
import { OAuthServer, type OAuthPerson } from '../core/oauth/index.js';
import { Processing } from '../core/processing.js';
import { RollingQuota } from '../core/rolling.quota.js';
import type { SimulatorEnvironment, TokenAction } from '../core/simulator.js';
import { facebookOAuth, instagramOAuth } from './instagram.oauth.js';
import type { Comment, Container, ContainerStatus, Post } from './instagram.model.js';
import { personAt, type NewPerson, type Person } from './instagram.person.js';
import { defaultSettings, type InstagramSettings } from './instagram.settings.js';

export const DAY_MS = 24 * 60 * 60_000;

/** Ids of each kind begin with their own digits. */
const FIRST = {
  container: 17_900_000_000_000_000n,
  post: 18_000_000_000_000_000n,
  comment: 18_100_000_000_000_000n,
};

/** Everything that the simulated platform remembers. */
export class InstagramState {
  readonly instagram: OAuthServer;
  readonly facebook: OAuthServer;
  readonly posts: LaggingList<Post>;
  readonly quotas: Readonly<Record<'posts' | 'containers' | 'calls', RollingQuota>>;
  readonly comments: LaggingList<Comment>;
  /** Scopes that the last consent of a person at Facebook left out. */
  readonly declined = new Map<string, readonly string[]>();
  /** What has come of videos whose upload is open, by container. */
  readonly uploads = new Map<string, Buffer>();
  settings: InstagramSettings = defaultSettings;
  people: Person[] = [];
  private readonly processing: Processing;
  private readonly containers = new Map<string, Container>();
  private made = 0;

  constructor(readonly environment: SimulatorEnvironment) {
    const { clock } = environment;
    const quota = (): RollingQuota => new RollingQuota(clock, DAY_MS);
    const url = (host?: string): string => environment.url(host);
    this.posts = new LaggingList(clock);
    this.comments = new LaggingList(clock);
    this.processing = new Processing(clock);
    this.quotas = { posts: quota(), containers: quota(), calls: quota() };
    this.instagram = new OAuthServer(
      instagramOAuth(
        clock,
        () => this.people,
        () => this.settings.tokenShape === 'flat',
      ),
      url,
    );
    this.facebook = new OAuthServer(
      facebookOAuth(clock, () => this.people.map(asFacebookLogin)),
      url,
    );
    this.seed();
  }

  get now(): number {
    return this.environment.clock.now();
  }

  add(wanted: NewPerson): Person {
    const person = personAt(this.people.length, wanted);
    this.people.push(person);
    return person;
  }

  person(id: string): Person | undefined {
    return this.people.find((candidate) => candidate.id === id);
  }

  /** The accounts of whoever logged in at Facebook as the person of this one. */
  accountsOf(person: Person): Person[] {
    return this.people.filter(({ facebook }) => facebook.id === person.facebook.id);
  }

  /** Ends both logins; the one at Facebook ends for every account of that person. */
  endTokens(person: Person, action: TokenAction): void {
    this.instagram.end(person.id, action);
    for (const { id } of this.accountsOf(person)) this.facebook.end(id, action);
  }

  post(id: string): Post | undefined {
    return this.posts.all().find((candidate) => candidate.id === id);
  }

  comment(id: string): Comment | undefined {
    return this.comments.all().find((candidate) => candidate.id === id);
  }

  container(id: string): Container | undefined {
    return this.containers.get(id);
  }

  keep(what: Omit<Container, 'id' | 'createdAt' | 'racesLeft' | 'usedBy'>): Container {
    const made = { createdAt: this.now, racesLeft: this.settings.publishRaces, usedBy: null };
    const container: Container = { ...what, ...made, id: this.nextId('container') };
    this.containers.set(container.id, container);
    return container;
  }

  /** The media are there: from now on they are processed. */
  process({ id, problem }: Container, ms: number): void {
    this.processing.start(id, ms, problem !== null);
  }

  statusOf({ id, createdAt, usedBy }: Container): ContainerStatus {
    if (usedBy !== null) return 'PUBLISHED';
    const state = this.processing.state(id);
    if (state === 'failed') return 'ERROR';
    if (this.now - createdAt >= DAY_MS) return 'EXPIRED';
    return state === 'done' ? 'FINISHED' : 'IN_PROGRESS';
  }

  publish({ accountId, draft, media }: Container): Post {
    const id = this.nextId('post');
    const post: Post = { id, accountId, draft, media, createdAt: this.now, commentsEnabled: true };
    this.posts.add(post);
    return post;
  }

  say(what: Omit<Comment, 'id' | 'createdAt'>): Comment {
    const comment = { ...what, id: this.nextId('comment'), createdAt: this.now };
    this.comments.add(comment);
    return comment;
  }

  reset(): void {
    this.people = [];
    this.settings = defaultSettings;
    for (const map of [this.containers, this.declined, this.uploads]) map.clear();
    for (const part of [this.processing, this.posts, this.comments]) part.reset();
    for (const part of [this.instagram, this.facebook, ...Object.values(this.quotas)]) part.reset();
    this.seed();
  }

  private nextId(kind: keyof typeof FIRST): string {
    this.made += 1;
    return String(FIRST[kind] + BigInt(this.made) * 1013n);
  }

  private seed(): void {
    this.add({ username: 'alice', name: 'Alice' });
  }
}

function asFacebookLogin({ id, name, facebook }: Person): OAuthPerson {
  return { id, name: `${facebook.name} (${name})` };
}
