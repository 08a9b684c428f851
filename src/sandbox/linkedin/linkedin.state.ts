import type { OAuthServer } from '../core/oauth/index.js';
import type { OperationContext } from '../core/operation.js';
import { RateLimiter } from '../core/rate.limiter.js';
import type { SandboxRequest } from '../core/request.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { AssetStore } from './asset.store.js';
import { restricted, tokenProblem, tooManyCalls, refuseInWords } from './linkedin.errors.js';
import { Members, type Person } from './linkedin.members.js';
import { linkedinOAuth } from './linkedin.oauth.js';
import { defaultSettings } from './linkedin.settings.js';
import { PostStore } from './post.store.js';

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;

/** One member's rights during one request. */
export interface Caller {
  readonly person: Person;
  readonly scopes: readonly string[];
}

/** Everything that the simulated platform remembers. */
export class LinkedinState {
  readonly members = new Members();
  readonly oauth: OAuthServer;
  readonly assets: AssetStore;
  readonly posts: PostStore;
  settings = defaultSettings;
  private readonly limiter: RateLimiter;
  /** The scopes of each member's last consent. */
  private consents = new Map<string, string>();

  constructor(readonly environment: SimulatorEnvironment) {
    const { clock } = environment;
    this.assets = new AssetStore(clock);
    this.posts = new PostStore(clock);
    this.limiter = new RateLimiter(clock);
    this.oauth = linkedinOAuth(this, (personId, scopes) => {
      this.consents.set(personId, setOf(scopes));
    });
    this.seed();
  }

  /** The member behind the request; a token that is not good is refused in the platform's own words. */
  authorize(request: SandboxRequest, context: OperationContext): Caller {
    const checked = this.oauth.checkBearer(request);
    if (!checked.ok) throw tokenProblem(checked.reason);
    const { accountId, scopes } = checked.token;
    const person = this.members.person(accountId);
    if (person === undefined) throw tokenProblem('unknown');
    context.actsAs(person.id);
    if (this.consents.get(person.id) !== setOf(scopes)) throw tokenProblem('revoked');
    if (person.restricted) throw restricted();
    return { person, scopes };
  }

  /** One more call that creates a post. */
  countPost({ person }: Caller): void {
    const { postsPerMemberDay, postsPerAppDay } = this.settings;
    const day = { windowMs: DAY_MS, aligned: true };
    const app = this.limiter.take('app', { name: 'app', points: postsPerAppDay, ...day });
    if (app.exceeded) throw tooManyCalls('APPLICATION');
    const member = this.limiter.take(person.id, { name: 'member', points: postsPerMemberDay, ...day });
    if (member.exceeded) throw tooManyCalls('MEMBER');
  }

  countComment({ person }: Caller): void {
    const points = this.settings.commentsPerMinute;
    const state = this.limiter.take(person.id, { name: 'comment', points, windowMs: MINUTE_MS });
    if (state.exceeded) {
      throw refuseInWords(429, 'Comment create throttled: creation rate limit exceeded for member');
    }
  }

  reset(): void {
    this.settings = defaultSettings;
    this.members.reset();
    this.oauth.reset();
    this.assets.reset();
    this.posts.reset();
    this.limiter.reset();
    this.consents = new Map();
    this.seed();
  }

  private seed(): void {
    const alice = this.members.addPerson('Alice Adams');
    this.members.addPerson('Bob Brown');
    this.members.addOrganization('Sandbox Works', alice.id, 'ADMINISTRATOR');
  }
}

function setOf(scopes: readonly string[]): string {
  return [...scopes].sort().join(' ');
}
