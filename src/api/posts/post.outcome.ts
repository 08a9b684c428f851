import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../common/clock/index.js';
import type { Plain } from '../common/plain.js';
import { entityTagOf } from './entity.tag.js';
import { PlanWaiter } from './plan.waiter.js';
import type { PostDto } from './post.dto.js';
import { PostsQueries } from './posts.queries.js';
import { waitOf } from './prefer.header.js';

export interface AwaitedPost {
  readonly workspaceId: string;
  readonly postId: string;
  /** Null: nothing is planned. */
  readonly planId: string | null;
  readonly dueAt: Date | null;
}

/** The answer about a post, at once or, as `Prefer: wait` asks, once its plan has settled. */
@Injectable()
export class PostOutcome {
  constructor(
    private readonly queries: PostsQueries,
    private readonly waiter: PlanWaiter,
    private readonly clock: Clock,
  ) {}

  async answer(post: AwaitedPost, request: FastifyRequest, reply: FastifyReply): Promise<Plain<PostDto>> {
    await this.wait(post, request, reply);
    const view = await this.queries.get(post.workspaceId, post.postId);
    void reply.header('etag', entityTagOf(view.revision));
    return view;
  }

  /** What is due later than the client waits cannot settle by then: it is answered at once. */
  private async wait(post: AwaitedPost, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const seconds = waitOf(request.headers['prefer']);
    const { planId, dueAt } = post;
    if (seconds === null || planId === null || dueAt === null) return;
    if (dueAt.getTime() > this.clock.now().getTime() + seconds * 1000) return;
    void reply.header('preference-applied', `wait=${seconds}`);
    await this.waiter.untilSettled(post.workspaceId, {
      planId,
      seconds,
      abandoned: () => reply.raw.destroyed,
    });
  }
}
