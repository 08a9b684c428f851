import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { parsePublicId } from '../../common/ids/index.js';
import { AccountDirectory, type AccountView } from '../../modules/accounts/index.js';
import { type Post, PostsService } from '../../modules/content/index.js';
import { PlanReader, type PlanView, type PublicationView } from '../../modules/publishing/index.js';
import type { Plain } from '../common/plain.js';
import type { PostListDto, PostListQuery } from './post-list.dto.js';
import type { PostDto } from './post.dto.js';
import { PostStory, type StoryEntry } from './post.story.js';
import { toPostDto } from './post.view.js';

/** More publications than one post can have in all its plans, for all practical purposes. */
const allPublications = 1_000;

/** Reads of posts for the API: Content, Accounts and Publishing put together in one unit of work. */
@Injectable()
export class PostsQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly posts: PostsService,
    private readonly accounts: AccountDirectory,
    private readonly plans: PlanReader,
    private readonly story: PostStory,
  ) {}

  get(workspaceId: string, postId: string): Promise<Plain<PostDto>> {
    return this.readAtOnce(workspaceId, async () => {
      const post = await this.posts.get(postId);
      return this.compose(post, await this.plans.latestOf(postId), await this.accountsOf([post]));
    });
  }

  list(workspaceId: string, query: PostListQuery): Promise<Plain<PostListDto>> {
    const { accountId, ...filter } = query;
    const account = accountId === undefined ? undefined : (parsePublicId('acc', accountId) ?? undefined);
    return this.readAtOnce(workspaceId, async () => {
      const { items, nextCursor } = await this.posts.list({ ...filter, accountId: account });
      const plans = await this.plans.latestOfMany(items.map((post) => post.id));
      const accounts = await this.accountsOf(items);
      const views: Plain<PostDto>[] = [];
      for (const post of items) views.push(await this.compose(post, plans.get(post.id) ?? null, accounts));
      return { items: views, nextCursor };
    });
  }

  timeline(workspaceId: string, postId: string): Promise<StoryEntry[]> {
    return this.readAtOnce(workspaceId, () => this.story.tell(postId));
  }

  /** A plan that settles between two reads must not answer with half of each. */
  private readAtOnce<T>(workspaceId: string, read: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(workspaceId, read, { snapshot: true });
  }

  private async compose(
    post: Post,
    latestPlan: PlanView | null,
    accounts: ReadonlyMap<string, AccountView>,
  ): Promise<Plain<PostDto>> {
    return toPostDto({ post, latestPlan, earlier: await this.earlier(latestPlan), accounts });
  }

  /** A plan that repeats a part of the post leaves the other targets to the plans before it. */
  private async earlier(latest: PlanView | null): Promise<PublicationView[]> {
    if (latest === null || latest.leftOut.length === 0) return [];
    const all = await this.plans.listPublications({ postId: latest.postId, limit: allPublications });
    return all.filter((view) => view.planId !== latest.id && view.status !== 'canceled');
  }

  private async accountsOf(posts: readonly Post[]): Promise<ReadonlyMap<string, AccountView>> {
    const ids = posts.flatMap((post) => post.targets.map((target) => target.accountId));
    const found = await this.accounts.findMany([...new Set(ids)]);
    return new Map(found.map((account) => [account.ref.id, account]));
  }
}
