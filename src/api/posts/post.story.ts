import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import {
  AccountDirectory,
  type AuditedChange,
  AuditReader,
  type AuditSubject,
} from '../../modules/accounts/index.js';
import { type Post, PostsService } from '../../modules/content/index.js';
import { PlanReader, type TimelineEntry, TimelineReader } from '../../modules/publishing/index.js';
import { sentenceOf } from './change.words.js';

/** One thing that happened to a post or to what it depends on. Null: not about one target alone. */
export interface StoryEntry {
  readonly at: Date;
  readonly kind: TimelineEntry['kind'] | 'change';
  readonly publicationId: string | null;
  readonly accountId: string | null;
  readonly platform: string | null;
  readonly by: AuditedChange['by'];
  readonly summary: string;
  readonly details: Readonly<Record<string, unknown>>;
}

type Target = Pick<StoryEntry, 'publicationId' | 'accountId' | 'platform'>;

/** What keeps a post from going out also when it was done before the post was written, until its counterpart. */
const stops = ['account.held', 'brand.held', 'workspace.held', 'platform.switched-off'];
const releases = ['account.resumed', 'brand.resumed', 'workspace.resumed', 'platform.switched-on'];

/** Of what is noted about a change, what says more than the other entries; the rest are ids of ours. */
const toldDetails = [
  'reason',
  'publications',
  'verdict',
  'commit',
  'platformPostId',
  'permalink',
  'retry',
  'byFilter',
  'revision',
];

/** The whole story of a post: what the engine did, and what people changed. Inside a unit of work. */
@Injectable()
export class PostStory {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly posts: PostsService,
    private readonly accounts: AccountDirectory,
    private readonly plans: PlanReader,
    private readonly timelines: TimelineReader,
    private readonly audit: AuditReader,
  ) {}

  /** Oldest first. */
  async tell(postId: string): Promise<StoryEntry[]> {
    const post = await this.posts.get(postId);
    const done = await this.timelines.ofPost(postId);
    const changes = await this.changes(post, done);
    const told = [...done.map((entry) => ({ ...entry, by: null })), ...changes];
    // Stable: what was done at the same millisecond keeps its order, and a change follows what it has caused.
    return told.sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  private async changes(post: Post, done: readonly TimelineEntry[]): Promise<StoryEntry[]> {
    const own = new Map<string, Target>([
      [post.id, { publicationId: null, accountId: null, platform: null }],
    ]);
    for (const { publicationId, accountId, platform } of done)
      own.set(publicationId, { publicationId, accountId, platform });
    const around = await this.surroundings(post, done);
    const plan = await this.plans.latestOf(post.id);
    // What happened to an account after everything had come to its end is another story.
    const period = { from: post.createdAt, until: plan?.settledAt ?? null };
    const found = [
      ...(await this.standing(around, post.createdAt)),
      ...(await this.audit.of(around, period)),
      ...(await this.audit.of(ownSubjects(post.id, [...own.keys()]), { from: post.createdAt, until: null })),
    ];
    return found
      .filter(({ action, subject }) => action.startsWith(`${subject.type}.`))
      .map((change) => ({ ...this.targetOf(change.subject, own), ...toEntry(change) }));
  }

  /** Accounts, brands and platforms that the post goes or went to, and the workspace. */
  private async surroundings(post: Post, done: readonly TimelineEntry[]): Promise<AuditSubject[]> {
    const ids = new Set([...post.targets, ...done].map(({ accountId }) => accountId));
    const accounts = await this.accounts.findMany([...ids]);
    const brands = new Set(accounts.flatMap(({ brandId }) => brandId ?? []));
    const platforms = new Set(accounts.map(({ ref }) => ref.platform));
    return [
      ...accounts.map(({ ref }) => ({ type: 'account', id: ref.id })),
      ...[...brands].map((id) => ({ type: 'brand', id })),
      ...[...platforms].map((id) => ({ type: 'platform', id })),
      { type: 'workspace', id: this.unitOfWork.workspaceId },
    ];
  }

  private async standing(around: readonly AuditSubject[], before: Date): Promise<AuditedChange[]> {
    const last = await this.audit.lastBefore(around, [...stops, ...releases], before);
    return last.filter(({ action }) => stops.includes(action));
  }

  private targetOf({ type, id }: AuditSubject, own: ReadonlyMap<string, Target>): Target {
    const none = { publicationId: null, accountId: null, platform: null };
    if (type === 'account') return { ...none, accountId: id };
    if (type === 'platform') return { ...none, platform: id };
    return own.get(id) ?? none;
  }
}

function ownSubjects(postId: string, ids: readonly string[]): AuditSubject[] {
  return ids.map((id) => ({ type: id === postId ? 'post' : 'publication', id }));
}

function toEntry(change: AuditedChange): Pick<StoryEntry, 'at' | 'kind' | 'by' | 'summary' | 'details'> {
  const { at, by, action } = change;
  const told = Object.entries(change.details).filter(([name]) => toldDetails.includes(name));
  const details = { action, ...Object.fromEntries(told) };
  return { at, kind: 'change', by, summary: sentenceOf(change), details };
}
