import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../common/database/index.js';
import { PostsService } from '../../modules/content/index.js';
import { ExplainReader } from '../../modules/publishing/index.js';
import { CurrentWorkspace } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { ExplanationDto, toExplanation } from './explain.dto.js';
import { reasonsOfPost } from './post.reasons.js';
import { ApiPostId } from './posts.documentation.js';

@ApiTags('Posts')
@Controller('api/v1/posts/:id')
export class PostExplainController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly posts: PostsService,
    private readonly explanations: ExplainReader,
  ) {}

  @Get('explain')
  @ApiPostId()
  @ApiOperation({
    summary: 'Explain where a post stands',
    description:
      'Why it has not gone out yet, target by target: the cause first, then everything else that is in the way.',
  })
  @ApiOkResponse({ type: ExplanationDto })
  explain(
    @CurrentWorkspace() workspaceId: string,
    @Param('id', new PublicIdPipe('post', 'post')) id: string,
  ): Promise<Plain<ExplanationDto>> {
    return this.unitOfWork.run(workspaceId, async () => {
      const post = await this.posts.get(id);
      const targets = await this.explanations.ofPost(id);
      return toExplanation(targets, targets.length === 0 ? reasonsOfPost(post) : []);
    });
  }
}
