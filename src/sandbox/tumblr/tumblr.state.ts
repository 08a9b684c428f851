import { LaggingList } from '../core/lagging.list.js';
import { OAuthServer } from '../core/oauth/index.js';
import { stringAt, type JsonObject } from '../core/json.js';
import { InvalidInput, type SimulatorEnvironment, type TokenAction } from '../core/simulator.js';
import { DailyQuota } from './daily.quota.js';
import { isBlog, readBlog, type Blog, type User } from './tumblr.blog.js';
import { tumblrOAuth } from './tumblr.oauth.js';
import type { Draft, Post } from './tumblr.post.js';
import { TumblrRates } from './tumblr.rates.js';
import { defaultSettings } from './tumblr.settings.js';

/** Post ids are beyond what a JSON number holds. */
const FIRST_ID = 765_000_000_000_000_000n;
const ID_STEP = 65_537n;

/** Everything that the simulated platform remembers. */
export class TumblrState {
  readonly oauth: OAuthServer;
  readonly rates: TumblrRates;
  readonly quota: DailyQuota;
  readonly posts: LaggingList<Post>;
  settings = defaultSettings;
  blogs: Blog[] = [];
  private made = 0n;

  constructor(readonly environment: SimulatorEnvironment) {
    const { clock } = environment;
    this.posts = new LaggingList(clock);
    this.rates = new TumblrRates(clock);
    this.quota = new DailyQuota(clock);
    const people = (): { id: string; name: string }[] =>
      this.blogs.map(({ uuid, name, user }) => ({ id: uuid, name: `${user.name} (${name})` }));
    this.oauth = new OAuthServer(tumblrOAuth(clock, people), (host) => environment.url(host));
    this.seed();
  }

  /** A new blog, with a user of its own or (`with`) one more of somebody who has one; or other facts of a blog that exists. */
  put(input: JsonObject): Blog {
    const wanted = readBlog(input);
    const known = this.blogs.find(({ name }) => name === wanted.name);
    if (known !== undefined) return Object.assign(known, wanted);
    const no = this.blogs.length + 1;
    const other = stringAt(input, 'with');
    const sibling = other === undefined ? undefined : this.blog(other);
    if (other !== undefined && sibling === undefined) {
      throw new InvalidInput(`tumblr: there is no blog ${other}`);
    }
    const user: User = sibling?.user ?? { id: `u${no}`, name: wanted.name };
    const blog: Blog = { uuid: `t:${String(no).padStart(22, 'S')}`, user, ...wanted };
    this.blogs.push(blog);
    return blog;
  }

  blog(identifier: string): Blog | undefined {
    return this.blogs.find((blog) => isBlog(blog, identifier));
  }

  /** Ends the logins of the blog's user, and with them those of every blog of theirs. */
  endTokens({ user }: Blog, action: TokenAction): void {
    for (const { uuid } of this.blogsOf(user)) this.oauth.end(uuid, action);
  }

  blogsOf(user: User): Blog[] {
    return this.blogs.filter((blog) => blog.user === user);
  }

  add(blog: Blog, draft: Draft, genesisId: string | null = null): Post {
    const now = this.environment.clock.now();
    const { transcodingMs, transcodingFails } = this.settings;
    const hasVideo = genesisId === null && draft.content.some(({ medium }) => medium?.kind === 'video');
    const done = transcodingFails ? null : now + transcodingMs;
    this.made += 1n;
    const id = String(FIRST_ID + this.made * ID_STEP);
    const post: Post = { ...draft, id, blog, genesisId, createdAt: now, readyAt: hasVideo ? done : now };
    this.posts.add(post);
    return post;
  }

  /** What the owner can read by now, the newest first. */
  readable(blog: Blog): Post[] {
    this.publishDue();
    const now = this.environment.clock.now();
    return this.posts
      .seen(this.settings.readLagMs)
      .filter((post) => post.blog === blog && post.readyAt !== null && post.readyAt <= now);
  }

  /** A queued post whose time has come goes out, as a new post with an id of its own. */
  publishDue(): void {
    const now = this.environment.clock.now();
    const due = this.posts
      .all()
      .filter((post) => post.state === 'queued' && (post.publishAt ?? Infinity) <= now)
      .sort((one, other) => (one.publishAt ?? 0) - (other.publishAt ?? 0));
    for (const { id, blog, ...draft } of due) {
      this.posts.remove((post) => post.id === id);
      this.add(blog, { ...draft, state: 'published', publishAt: null }, id);
    }
  }

  /** One upload at a time: until when the user's last video is transcoded. */
  isTranscoding(user: User): boolean {
    const now = this.environment.clock.now();
    return this.posts.all().some((post) => post.blog.user === user && (post.readyAt ?? 0) > now);
  }

  reset(): void {
    this.blogs = [];
    this.settings = defaultSettings;
    for (const part of [this.posts, this.rates, this.quota, this.oauth]) part.reset();
    this.seed();
  }

  private seed(): void {
    this.put({ name: 'alice-bakes', title: 'Alice bakes' });
  }
}
