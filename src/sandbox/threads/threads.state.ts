import { LaggingList } from '../core/lagging.list.js';
import { OAuthServer } from '../core/oauth/index.js';
import { Processing } from '../core/processing.js';
import { RollingQuota } from '../core/rolling.quota.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import type { Container, ContainerStatus, Draft, Post } from './container.js';
import { personAt, type Person } from './threads.person.js';
import { defaultSettings, type ThreadsSettings } from './threads.settings.js';
import { oauthOptions } from './token.shapes.js';

export const DAY_MS = 24 * 60 * 60_000;
const FIRST_CONTAINER = 17_800_000_000_000_000n;
const FIRST_POST = 18_000_000_000_000_000n;
const SEEDS = [
  { username: 'alice', name: 'Alice' },
  { username: 'bob', name: 'Bob' },
];

/** Everything that the simulated platform remembers. */
export class ThreadsState {
  readonly oauth: OAuthServer;
  readonly posts: LaggingList<Post>;
  readonly quotas: Readonly<Record<'posts' | 'replies' | 'deletes' | 'calls', RollingQuota>>;
  settings: ThreadsSettings = defaultSettings;
  people: Person[] = [];
  private readonly processing: Processing;
  private containers = new Map<string, Container>();
  private made = 0;

  constructor(readonly environment: SimulatorEnvironment) {
    const { clock } = environment;
    const quota = (): RollingQuota => new RollingQuota(clock, DAY_MS);
    this.posts = new LaggingList(clock);
    this.processing = new Processing(clock);
    this.quotas = { posts: quota(), replies: quota(), deletes: quota(), calls: quota() };
    this.oauth = new OAuthServer(
      oauthOptions(clock, () => this.people),
      (host) => environment.url(host),
    );
    this.seed();
  }

  get now(): number {
    return this.environment.clock.now();
  }

  add(who: Pick<Person, 'username' | 'name'>): Person {
    const person = personAt(this.people.length, who);
    this.people.push(person);
    return person;
  }

  person(id: string): Person | undefined {
    return this.people.find((candidate) => candidate.id === id);
  }

  post(id: string): Post | undefined {
    return this.posts.all().find((candidate) => candidate.id === id);
  }

  container(id: string): Container | undefined {
    return this.containers.get(id);
  }

  /** A container that is ready after so many milliseconds, well or with a problem. */
  makeContainer(
    what: Pick<Container, 'accountId' | 'draft' | 'carouselItem' | 'problem'>,
    readyInMs: number,
  ): Container {
    const id = String(FIRST_CONTAINER + this.next());
    const racesLeft = this.settings.publishRaces;
    const container: Container = { ...what, id, createdAt: this.now, racesLeft, usedBy: null };
    this.containers.set(id, container);
    this.processing.start(id, readyInMs, what.problem !== null);
    return container;
  }

  statusOf({ id, createdAt, usedBy, carouselItem }: Container): ContainerStatus {
    if (usedBy !== null && !carouselItem) return 'PUBLISHED';
    const state = this.processing.state(id);
    if (state === 'failed') return 'ERROR';
    if (this.now - createdAt >= DAY_MS) return 'EXPIRED';
    return state === 'processing' ? 'IN_PROGRESS' : 'FINISHED';
  }

  publish(
    accountId: string,
    draft: Draft,
    repostOf: string | null = null,
    id = String(FIRST_POST + this.next()),
  ): Post {
    const post: Post = { id, accountId, draft, repostOf, createdAt: this.now };
    this.posts.add(post);
    return post;
  }

  reset(): void {
    this.people = [];
    this.settings = defaultSettings;
    this.containers = new Map();
    this.processing.reset();
    this.posts.reset();
    this.oauth.reset();
    for (const quota of Object.values(this.quotas)) quota.reset();
    this.seed();
  }

  private next(): bigint {
    this.made += 1;
    return BigInt(this.made) * 1013n;
  }

  private seed(): void {
    for (const who of SEEDS) this.add(who);
  }
}
