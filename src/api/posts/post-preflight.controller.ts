import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../common/database/index.js';
import { PostPreflight } from '../../modules/content/index.js';
import { CurrentWorkspace } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { NeedsScope } from '../common/scope.decorator.js';
import { toCreatePost } from './post.mapping.js';
import { CreatePostDto } from './post-requests.dto.js';
import { PostSchedule } from './post.schedule.js';
import { ApiPostId } from './posts.documentation.js';
import { PreflightDto, toPreflightDto } from './preflight.dto.js';

@ApiTags('Posts')
@Controller('api/v1/posts')
export class PostPreflightController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly preflight: PostPreflight,
    private readonly schedule: PostSchedule,
  ) {}

  @Post('validate')
  @HttpCode(200)
  @NeedsScope('read')
  @ApiOperation({
    summary: 'Check a post that is not made yet',
    description:
      'Everything that would be wrong with it, and what would be done to each file for each target. Nothing is made.',
  })
  @ApiOkResponse({ type: PreflightDto })
  validate(
    @CurrentWorkspace() workspaceId: string,
    @Body() dto: CreatePostDto,
  ): Promise<Plain<PreflightDto>> {
    return this.unitOfWork.run(workspaceId, async () =>
      toPreflightDto(await this.preflight.ofNew(toCreatePost(dto, await this.schedule.ofNew(dto)))),
    );
  }

  @Get(':id/preflight')
  @ApiPostId()
  @ApiOperation({
    summary: 'Check a post as it is now',
    description: 'What stands against it today, and what is done to each file for each target.',
  })
  @ApiOkResponse({ type: PreflightDto })
  check(
    @CurrentWorkspace() workspaceId: string,
    @Param('id', new PublicIdPipe('post', 'post')) id: string,
  ): Promise<Plain<PreflightDto>> {
    return this.unitOfWork.run(workspaceId, async () => toPreflightDto(await this.preflight.of(id)));
  }
}
