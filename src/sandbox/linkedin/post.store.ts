import { LaggingList } from '../core/lagging.list.js';
import type { JsonObject } from '../core/json.js';
import { Processing } from '../core/processing.js';
import type { SandboxClock } from '../core/sandbox.clock.js';

const FIRST_ID = 7_200_000_000_000_000_000n;
const GHOST_MS = 48 * 60 * 60_000;

/** What an author has sent. */
export interface Draft {
  /** URN of the person or organization. */
  readonly author: string;
  /** As it was sent, with its escapes. */
  readonly commentary: string;
  readonly visibility: string;
  readonly distribution: JsonObject;
  readonly content: JsonObject | null;
  /** URN of the post that is shared again. */
  readonly parent: string | null;
  readonly resharable: boolean;
}

export interface Post extends Omit<Draft, 'commentary'> {
  readonly urn: string;
  readonly activity: string;
  commentary: string;
  readonly createdAt: number;
  editedAt: number | null;
}

export interface Comment {
  readonly id: string;
  readonly urn: string;
  readonly actor: string;
  readonly postUrn: string;
  readonly activity: string;
  readonly parent: string | null;
  readonly text: string;
  readonly image: string | null;
  readonly createdAt: number;
}

interface Ghost {
  readonly fingerprint: string;
  readonly until: number;
}

/** Posts, comments and reactions. */
export class PostStore {
  private readonly list: LaggingList<Post>;
  private readonly publishing: Processing;
  private ghosts: Ghost[] = [];
  comments: Comment[] = [];
  /** URN of the post → member → what they feel. */
  readonly reactions = new Map<string, Map<string, string>>();
  private made = 0n;

  constructor(private readonly clock: SandboxClock) {
    this.list = new LaggingList(clock);
    this.publishing = new Processing(clock);
  }

  nextId(): string {
    this.made += 1n;
    return String(FIRST_ID + this.made * 4_097n);
  }

  add(draft: Draft, kind: 'share' | 'ugcPost', publishing: { ms: number; fails: boolean }): Post {
    const post = this.put(`urn:li:${kind}:${this.nextId()}`, draft);
    this.publishing.start(post.urn, publishing.ms, publishing.fails);
    return post;
  }

  /** Out at once. */
  put(urn: string, draft: Draft): Post {
    const activity = `urn:li:activity:${this.nextId()}`;
    const post: Post = { ...draft, urn, activity, createdAt: this.clock.now(), editedAt: null };
    this.list.add(post);
    return post;
  }

  find(urn: string): Post | undefined {
    return this.list.all().find((post) => post.urn === urn || post.activity === urn);
  }

  state({ urn }: Post): 'PUBLISH_REQUESTED' | 'PUBLISH_FAILED' | 'PUBLISHED' {
    const state = this.publishing.state(urn);
    if (state === 'processing') return 'PUBLISH_REQUESTED';
    return state === 'failed' ? 'PUBLISH_FAILED' : 'PUBLISHED';
  }

  /** Newest first. */
  byAuthor(author: string, lagMs: number): readonly Post[] {
    return this.list.seen(lagMs).filter((post) => post.author === author);
  }

  /** Oldest first. */
  all(): readonly Post[] {
    return [...this.list.all()].reverse();
  }

  /** The URN of the same post by the same author; a deleted one haunts under a new URN each time. */
  duplicateOf(draft: Draft, ghosts: boolean): string | null {
    const wanted = fingerprintOf(draft);
    const same = this.list.all().find((post) => fingerprintOf(post) === wanted);
    if (same !== undefined) return same.urn;
    const now = this.clock.now();
    const haunted =
      ghosts && this.ghosts.some(({ fingerprint, until }) => fingerprint === wanted && until > now);
    return haunted ? `urn:li:share:${this.nextId()}` : null;
  }

  remove(post: Post): void {
    this.list.remove(({ urn }) => urn === post.urn);
    this.comments = this.comments.filter(({ postUrn }) => postUrn !== post.urn);
    this.ghosts.push({ fingerprint: fingerprintOf(post), until: this.clock.now() + GHOST_MS });
  }

  reset(): void {
    this.list.reset();
    this.publishing.reset();
    this.reactions.clear();
    this.comments = [];
    this.ghosts = [];
  }
}

function fingerprintOf({ author, commentary, content, parent }: Draft): string {
  return JSON.stringify([author, commentary, content, parent]);
}
