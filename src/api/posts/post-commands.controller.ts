import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Claim } from '../../common/idempotency/index.js';
import { toPublicId } from '../../common/ids/index.js';
import type { Caller } from '../../modules/accounts/index.js';
import { Clock } from '../../common/clock/index.js';
import { CurrentCaller, CurrentWorkspace } from '../common/current-caller.decorator.js';
import { CurrentClaim, Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { PostCancelDto } from './post-cancel.dto.js';
import { PostDto } from './post.dto.js';
import { PostOutcome } from './post.outcome.js';
import { PostPublication } from './post.publication.js';
import { PostWithdrawal } from './post.withdrawal.js';
import { ApiPostId, ApiPrefersWaiting } from './posts.documentation.js';
import { PostsQueries } from './posts.queries.js';
import { TimelineDto, toTimelineEntry } from './timeline.dto.js';

const postId = new PublicIdPipe('post', 'post');

@ApiTags('Posts')
@Controller('api/v1/posts/:id')
export class PostCommandsController {
  constructor(
    private readonly queries: PostsQueries,
    private readonly publication: PostPublication,
    private readonly withdrawal: PostWithdrawal,
    private readonly outcome: PostOutcome,
    private readonly clock: Clock,
  ) {}

  @Post('publish')
  @HttpCode(202)
  @Idempotent()
  @ApiPostId()
  @ApiPrefersWaiting()
  @ApiOperation({
    summary: 'Publish a post now',
    description:
      'Moves what is planned to now, or publishes again what has failed. Targets that are published, on their way or unconfirmed are left out.',
  })
  @ApiAcceptedResponse({ type: PostDto })
  @ApiConflictResponse({ description: 'Nothing is left to publish.' })
  @ApiUnprocessableEntityResponse({ description: 'The draft is not complete.' })
  async publish(
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim | null,
    @Param('id', postId) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<PostDto>> {
    const planId = await this.publication.publish(caller, id, claim);
    const awaited = { workspaceId: caller.workspaceId, postId: id, planId, dueAt: this.clock.now() };
    return this.outcome.answer(awaited, request, reply);
  }

  @Post('cancel')
  @HttpCode(200)
  @Idempotent()
  @ApiPostId()
  @ApiOperation({
    summary: 'Cancel what is planned',
    description:
      'Answered exactly, target by target: what is canceled will not go out. Asked again, it answers the same.',
  })
  @ApiOkResponse({ type: PostCancelDto })
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: string,
  ): Promise<Plain<PostCancelDto>> {
    const results = await this.withdrawal.cancel(caller, id);
    return {
      targets: results.map(({ accountId, result }) => ({ accountId: toPublicId('acc', accountId), result })),
    };
  }

  @Get('timeline')
  @ApiPostId()
  @ApiOperation({
    summary: 'Read the story of a post',
    description:
      'Everything that happened to its targets, with every call, and what was changed of it, its accounts and platforms, with whose key: oldest first.',
  })
  @ApiOkResponse({ type: TimelineDto })
  async timeline(
    @CurrentWorkspace() workspaceId: string,
    @Param('id', postId) id: string,
  ): Promise<Plain<TimelineDto>> {
    return { items: (await this.queries.timeline(workspaceId, id)).map(toTimelineEntry) };
  }
}
