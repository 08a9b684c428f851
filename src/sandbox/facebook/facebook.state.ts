import { LaggingList } from '../core/lagging.list.js';
import { OAuthServer, type IssuedToken } from '../core/oauth/index.js';
import { RollingQuota } from '../core/rolling.quota.js';
import type { SimulatorEnvironment, TokenAction } from '../core/simulator.js';
import { facebookOAuth } from './facebook.oauth.js';
import type { Comment, Page, Photo, Post, User, Video } from './facebook.model.js';
import { defaultSettings } from './facebook.settings.js';
import { UsageMeter } from './facebook.usage.js';

const DAY_MS = 24 * 60 * 60_000;

export interface NewPage {
  readonly name: string;
  readonly tasks?: readonly string[];
  readonly held?: Page['held'];
  /** The same user as of that page. */
  readonly with?: Page;
}

/** Everything that the simulated platform remembers. */
export class FacebookState {
  readonly oauth: OAuthServer;
  readonly usage: UsageMeter;
  readonly reels: RollingQuota;
  /** Published posts and comments, as lists show them. */
  readonly published: LaggingList<Post>;
  readonly spoken: LaggingList<Comment>;
  readonly posts = new Map<string, Post>();
  readonly photos = new Map<string, Photo>();
  readonly videos = new Map<string, Video>();
  /** Scopes that the last consent to a page's user left out. */
  readonly declined = new Map<string, readonly string[]>();
  settings = defaultSettings;
  pages: Page[] = [];
  private made = 0;

  constructor(readonly environment: SimulatorEnvironment) {
    const { clock } = environment;
    this.published = new LaggingList(clock);
    this.spoken = new LaggingList(clock);
    this.usage = new UsageMeter(clock);
    this.reels = new RollingQuota(clock, DAY_MS);
    const people = (): { id: string; name: string }[] =>
      this.pages.map(({ id, name, user }) => ({ id, name: `${user.name} (${name})` }));
    this.oauth = new OAuthServer(facebookOAuth(clock, people), (host) => environment.url(host));
    this.seed();
  }

  addPage({ name, tasks, held, with: other }: NewPage): Page {
    const no = this.pages.length + 1;
    const user: User = other?.user ?? {
      id: `1022${this.idOf(no)}`,
      name: `${name} (person)`,
      businessId: `5300${this.idOf(no)}`,
    };
    const page: Page = {
      id: `1000${this.idOf(no)}`,
      name,
      username: `page${no}`,
      user,
      tasks: tasks ?? ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'],
      held: held ?? 'role',
    };
    this.pages.push(page);
    return page;
  }

  page(id: string): Page | undefined {
    return this.pages.find((page) => page.id === id);
  }

  /** The pages of whoever logged in for this token. */
  pagesOf({ accountId }: Pick<IssuedToken, 'accountId'>): Page[] {
    const user = this.page(accountId)?.user;
    return this.pages.filter((page) => page.user === user);
  }

  /** Ends the logins of the page's user, and with them the tokens of every page of theirs. */
  endTokens(page: Page, action: TokenAction): void {
    for (const { id } of this.pagesOf({ accountId: page.id })) this.oauth.end(id, action);
  }

  nextNo(): number {
    this.made += 1;
    return this.made;
  }

  nextId(): string {
    return `1220${this.idOf(this.nextNo())}`;
  }

  medium(id: string): Photo | Video | undefined {
    return this.photos.get(id) ?? this.videos.get(id);
  }

  /** Puts a post where people can see it. */
  publish(post: Post): void {
    post.state = 'published';
    post.createdAt = this.environment.clock.iso();
    this.published.add(post);
  }

  /** What was scheduled and is due goes out by itself. */
  publishDue(): void {
    const now = this.environment.clock.now();
    for (const post of this.posts.values()) {
      if (post.state === 'scheduled' && post.publishAt !== null && post.publishAt <= now) this.publish(post);
    }
  }

  /** One look has found the video where it is; it goes on. */
  goOn(video: Video): void {
    const post = video.postId === null ? undefined : this.posts.get(video.postId);
    if (video.sha256 === null || video.failed) return;
    if (video.processingLeft > 0) video.processingLeft -= 1;
    else if (post?.state === 'publishing' && video.publishLeft > 0) video.publishLeft -= 1;
    this.settle(video);
  }

  settle(video: Video): void {
    if (video.sha256 === null || video.processingLeft > 0) return;
    const post = video.postId === null ? undefined : this.posts.get(video.postId);
    if (this.settings.processingFailure && post?.state !== 'published') {
      video.failed = true;
      if (post !== undefined) post.state = 'failed';
    } else if (post?.state === 'publishing' && video.publishLeft === 0) this.publish(post);
  }

  reset(): void {
    this.pages = [];
    this.settings = defaultSettings;
    for (const map of [this.posts, this.photos, this.videos, this.declined]) map.clear();
    for (const part of [this.published, this.spoken, this.usage, this.reels, this.oauth]) part.reset();
    this.seed();
  }

  private idOf(no: number): string {
    return String(no).padStart(11, '0');
  }

  private seed(): void {
    this.addPage({ name: 'Alice Bakery' });
  }
}
