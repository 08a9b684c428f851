import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { Caller } from '../../modules/accounts/index.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import { Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { LateAnswerDto, LateAnswerResultDto } from './late-answer.dto.js';
import { PostLateness } from './post.lateness.js';
import { ApiPostId } from './posts.documentation.js';

@ApiTags('Posts')
@Controller('api/v1/posts/:id')
export class PostLatenessController {
  constructor(private readonly lateness: PostLateness) {}

  @Post('late')
  @HttpCode(200)
  @Idempotent()
  @ApiPostId()
  @ApiOperation({
    summary: 'Say what becomes of a post that is too late',
    description: 'For posts whose late policy is to ask, once explain names `too_late`.',
  })
  @ApiOkResponse({ type: LateAnswerResultDto })
  @ApiConflictResponse({ description: 'Nothing of the post asks.' })
  @ApiUnprocessableEntityResponse({ description: 'The new time is missing or cannot be understood.' })
  async answer(
    @CurrentCaller() caller: Caller,
    @Param('id', new PublicIdPipe('post', 'post')) id: string,
    @Body() body: LateAnswerDto,
  ): Promise<Plain<LateAnswerResultDto>> {
    return { publications: await this.lateness.answer(caller, id, body) };
  }
}
