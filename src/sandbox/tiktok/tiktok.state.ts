import { randomBytes } from 'node:crypto';
import type { OAuthServer } from '../core/oauth/index.js';
import { RollingQuota } from '../core/rolling.quota.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import type { Content, Share, ShareStatus } from './share.js';
import { tiktokOAuth } from './tiktok.oauth.js';
import { personAt, type Person } from './tiktok.person.js';
import { defaultSettings, type TiktokSettings } from './tiktok.settings.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SEEDS = [
  { username: 'alice', name: 'Alice' },
  { username: 'bob', name: 'Bob' },
];

/** Everything that the simulated platform remembers. */
export class TiktokState {
  readonly oauth: OAuthServer;
  readonly quotas: Readonly<Record<'calls' | 'posts' | 'drafts', RollingQuota>>;
  settings: TiktokSettings = defaultSettings;
  people: Person[] = [];
  private shares: Share[] = [];
  /** Who has posted, and when last. */
  private active = new Map<string, number>();
  private made = 0;

  constructor(readonly environment: SimulatorEnvironment) {
    const { clock } = environment;
    this.quotas = {
      calls: new RollingQuota(clock, MINUTE_MS),
      posts: new RollingQuota(clock, DAY_MS),
      drafts: new RollingQuota(clock, DAY_MS),
    };
    this.oauth = tiktokOAuth(
      environment,
      () => this.people,
      () => this.settings,
    );
    this.seed();
  }

  get now(): number {
    return this.environment.clock.now();
  }

  add(username: string, name: string): Person {
    const person = personAt(username, name);
    this.people.push(person);
    return person;
  }

  person(id: string): Person | undefined {
    return this.people.find((candidate) => candidate.id === id);
  }

  /** `prefix` says what kind it is: `v_pub_file`, `v_pub_url`, `v_inbox_file`, … */
  announce(prefix: string, what: Pick<Share, 'accountId' | 'kind' | 'mode' | 'post' | 'upload'>): Share {
    this.made += 1;
    const share: Share = {
      ...what,
      publishId: `${prefix}~v2-1.${this.made}${randomBytes(6).readUIntBE(0, 6)}`,
      // Seconds in the upper half, as the platform's own ids have it.
      itemId: String((BigInt(Math.floor(this.now / 1000)) << 32n) + BigInt(this.made)),
      content: null,
      startedAt: null,
      readyAt: 0,
      canceled: false,
    };
    this.shares.push(share);
    return share;
  }

  /** Everything is there: what becomes of it shows after its time. */
  start(share: Share, content: Content, ms: number): void {
    const { failReason } = this.settings;
    share.content = failReason === '' ? content : { ...content, failure: failReason };
    share.startedAt = this.now;
    share.readyAt = this.freeMoment(this.now + ms);
    if (share.mode === 'direct') this.quotas.posts.take(share.accountId, Infinity);
    this.active.set(share.accountId, this.now);
  }

  statusOf(share: Share): ShareStatus {
    if (share.canceled) return 'FAILED';
    if (share.startedAt === null) return 'PROCESSING_UPLOAD';
    if (this.now < share.readyAt) return share.upload === null ? 'PROCESSING_DOWNLOAD' : 'PROCESSING_UPLOAD';
    if (share.content?.failure !== null) return 'FAILED';
    if (share.mode === 'direct') return 'PUBLISH_COMPLETE';
    return this.now >= this.postedAt(share) ? 'PUBLISH_COMPLETE' : 'SEND_TO_USER_INBOX';
  }

  /** Whether the post has an id by now that others see. */
  isPublic(share: Share, lagMs = 0): boolean {
    const everyone = share.mode === 'draft' || share.post.privacy === 'PUBLIC_TO_EVERYONE';
    const since = this.postedAt(share) + this.settings.moderationMs + lagMs;
    return everyone && this.statusOf(share) === 'PUBLISH_COMPLETE' && this.now >= since;
  }

  postedAt({ mode, readyAt }: Share): number {
    if (mode === 'direct') return readyAt;
    const { draftsPostedAfterMs } = this.settings;
    return draftsPostedAfterMs === 0 ? Infinity : readyAt + draftsPostedAfterMs;
  }

  share(publishId: string): Share | undefined {
    return this.shares.find((candidate) => candidate.publishId === publishId);
  }

  shareOfUpload(token: string): Share | undefined {
    return this.shares.find(({ upload }) => upload?.token === token);
  }

  /** What has come to its end well, oldest first. */
  posted(): readonly Share[] {
    return this.shares
      .filter((share) => ['PUBLISH_COMPLETE', 'SEND_TO_USER_INBOX'].includes(this.statusOf(share)))
      .sort((one, other) => one.readyAt - other.readyAt);
  }

  /** Creators for whom this app has posted within a day, beside the one who asks. */
  otherCreators(accountId: string): number {
    const since = this.now - DAY_MS;
    return [...this.active].filter(([id, at]) => id !== accountId && at > since).length;
  }

  reset(): void {
    this.people = [];
    this.settings = defaultSettings;
    this.shares = [];
    this.active = new Map();
    this.oauth.reset();
    for (const quota of Object.values(this.quotas)) quota.reset();
    this.seed();
  }

  /** No two posts come in the same millisecond: the pages of the list go by time. */
  private freeMoment(wanted: number): number {
    const taken = new Set(this.shares.map(({ readyAt }) => readyAt));
    let moment = wanted;
    while (taken.has(moment)) moment += 1;
    return moment;
  }

  private seed(): void {
    for (const { username, name } of SEEDS) this.add(username, name);
  }
}
