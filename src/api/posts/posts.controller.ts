import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toPublicId } from '../../common/ids/index.js';
import type { Claim } from '../../common/idempotency/index.js';
import type { Caller } from '../../modules/accounts/index.js';
import { CurrentCaller, CurrentWorkspace } from '../common/current-caller.decorator.js';
import { CurrentClaim, Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { entityTagOf, revisionOf } from './entity.tag.js';
import { PostCreation } from './post.creation.js';
import { PostEdition } from './post.edition.js';
import { PostOutcome } from './post.outcome.js';
import { plannedIdOf } from './post.plan.js';
import { PostListDto, PostListQuery } from './post-list.dto.js';
import { CreatePostDto, UpdatePostDto } from './post-requests.dto.js';
import { PostDto } from './post.dto.js';
import { PostWithdrawal } from './post.withdrawal.js';
import { PostsQueries } from './posts.queries.js';
import { AboutOnePost, ChangesOnMatch, CreatesPost } from './posts.documentation.js';

const postId = new PublicIdPipe('post', 'post');

@ApiTags('Posts')
@Controller('api/v1/posts')
export class PostsController {
  constructor(
    private readonly queries: PostsQueries,
    private readonly creation: PostCreation,
    private readonly edition: PostEdition,
    private readonly withdrawal: PostWithdrawal,
    private readonly outcome: PostOutcome,
  ) {}

  @Post()
  @Idempotent()
  @CreatesPost()
  async create(
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim | null,
    @Body() body: CreatePostDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<PostDto>> {
    const post = await this.creation.create(caller, body, claim);
    void reply.header('location', `/api/v1/posts/${toPublicId('post', post.id)}`);
    const { workspaceId } = caller;
    const awaited = { workspaceId, postId: post.id, planId: plannedIdOf(post), dueAt: post.dueAt };
    return this.outcome.answer(awaited, request, reply);
  }

  @Get()
  @ApiOperation({ summary: 'List posts', description: 'Newest first.' })
  @ApiOkResponse({ type: PostListDto })
  list(@CurrentWorkspace() workspaceId: string, @Query() query: PostListQuery): Promise<Plain<PostListDto>> {
    return this.queries.list(workspaceId, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a post', description: 'With how each target stands.' })
  @AboutOnePost()
  get(
    @CurrentWorkspace() workspaceId: string,
    @Param('id', postId) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<PostDto>> {
    return this.answer(workspaceId, id, reply);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change a post',
    description:
      'What is absent stays; `targets` replaces the whole list; `scheduledFor: null` makes a draft again. Refused with `already-going-out` once something is out or may be.',
  })
  @AboutOnePost()
  @ChangesOnMatch()
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: string,
    @Body() dto: UpdatePostDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Plain<PostDto>> {
    await this.edition.update(caller, id, { dto, ifMatch: revisionOf(ifMatch) });
    return this.answer(caller.workspaceId, id, reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a post', description: 'Until something of it goes out.' })
  @ApiNoContentResponse({ description: 'It is gone, and so is what was planned of it.' })
  @ChangesOnMatch()
  async remove(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    await this.withdrawal.delete(caller, id, revisionOf(ifMatch));
  }

  private async answer(workspaceId: string, id: string, reply: FastifyReply): Promise<Plain<PostDto>> {
    const view = await this.queries.get(workspaceId, id);
    void reply.header('etag', entityTagOf(view.revision));
    return view;
  }
}
