import type { JsonObject } from '../core/json.js';
import { LaggingList } from '../core/lagging.list.js';
import type { OAuthServer } from '../core/oauth/index.js';
import type { OperationContext } from '../core/operation.js';
import { RateLimiter } from '../core/rate.limiter.js';
import { bearerOf, type SandboxRequest } from '../core/request.js';
import type { SimulatorEnvironment, TokenAction } from '../core/simulator.js';
import { BusinessDirectory, type Location, type Person } from './business.directory.js';
import { defaultSettings } from './google-business.settings.js';
import {
  editsExceeded,
  quotaExceeded,
  scopeInsufficient,
  serviceDisabled,
  unauthenticated,
} from './google.errors.js';
import { BUSINESS_SCOPE, googleOAuth } from './google.oauth.js';
import type { Draft, Post } from './local.post.js';
import { mentionsPhone } from './post.review.js';
import { RefreshTokens } from './refresh.tokens.js';

const MINUTE_MS = 60_000;
const FIRST_POST = 4_829_173_645_019_283_000n;

/** Everything that the simulated platform remembers. */
export class GoogleBusinessState {
  readonly directory = new BusinessDirectory();
  readonly oauth: OAuthServer;
  readonly refreshTokens: RefreshTokens;
  readonly posts: LaggingList<Post>;
  settings = defaultSettings;
  private readonly limiter: RateLimiter;
  private made = 0n;

  constructor(readonly environment: SimulatorEnvironment) {
    const { clock } = environment;
    this.posts = new LaggingList(clock);
    this.limiter = new RateLimiter(clock);
    this.refreshTokens = new RefreshTokens(clock, () => this.settings.testingApp);
    this.oauth = googleOAuth(this);
    this.seed();
  }

  /** The person behind the request, if the token is good for business profiles. */
  authorize(request: SandboxRequest, context: OperationContext): Person {
    const checked = this.oauth.check(bearerOf(request));
    if (!checked.ok) throw unauthenticated(checked.reason === 'missing');
    const { accountId, scopes } = checked.token;
    const person = this.directory.people.find(({ id }) => id === accountId);
    if (person === undefined) throw unauthenticated(false);
    context.actsAs(person.id);
    if (!scopes.includes(BUSINESS_SCOPE)) throw scopeInsufficient();
    return person;
  }

  /** One call of one of the APIs, by any person. */
  count(service: string): void {
    const { settings } = this;
    if (settings.serviceDisabled) throw serviceDisabled(service);
    if (!settings.approved) throw quotaExceeded(service, 0);
    const limit = { name: service, points: settings.queriesPerMinute, windowMs: MINUTE_MS };
    if (this.limiter.take('project', limit).exceeded) throw quotaExceeded(service, limit.points);
  }

  countEdit({ id }: Location): void {
    const points = this.settings.postEditsPerMinute;
    if (points === 0) return;
    const limit = { name: 'edits', points, windowMs: MINUTE_MS };
    if (this.limiter.take(id, limit).exceeded) throw editsExceeded(points);
  }

  publish({ id: locationId }: Location, accountId: string, draft: Draft): Post {
    const { reviewMs, rejects, lateRejectionMs } = this.settings;
    const createdAt = this.environment.clock.now();
    const reviewedAt = createdAt + reviewMs;
    const late = rejects ? reviewedAt + lateRejectionMs : null;
    this.made += 1n;
    const post: Post = {
      id: String(FIRST_POST + this.made),
      locationId,
      accountId,
      draft,
      createdAt,
      updatedAt: createdAt,
      reviewedAt,
      rejectedAt: mentionsPhone(draft) ? reviewedAt : late,
    };
    this.posts.add(post);
    return post;
  }

  /** Ends what a person has granted. */
  endGrant(personId: string, action: TokenAction = 'revoke'): void {
    this.oauth.end(personId, action);
    if (action === 'revoke') this.refreshTokens.end(personId);
  }

  describe(location: Location): JsonObject {
    const { accountIds, canOperateLocalPost, hasVoiceOfMerchant, managed } = location;
    return { accounts: [...accountIds], canOperateLocalPost, hasVoiceOfMerchant, managed };
  }

  reset(): void {
    this.settings = defaultSettings;
    this.directory.reset();
    this.oauth.reset();
    this.refreshTokens.reset();
    this.posts.reset();
    this.limiter.reset();
    this.made = 0n;
    this.seed();
  }

  /** One location lies in two accounts: it is listed twice. */
  private seed(): void {
    const { directory } = this;
    const alice = directory.addPerson('Alice Adams');
    const shops = directory.addAccount(alice, 'Adams Shops', 'LOCATION_GROUP');
    directory.addLocation('Corner Bakery', [...directory.accountsOf(alice)]);
    directory.addLocation('Harbour Café', [shops]);
  }
}
