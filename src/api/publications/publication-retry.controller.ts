import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Caller } from '../../modules/accounts/index.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import { Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { PublicationDto } from './publication.dto.js';
import { PublicationRetrial } from './publication.retrial.js';
import { toPublication } from './publication.view.js';
import { PublicationsQueries } from './publications.queries.js';
import { RetryFilterDto, RetryResultsDto, toRetryResult } from './retry.dto.js';

@ApiTags('Publications')
@Controller('api/v1/publications')
export class PublicationRetryController {
  constructor(
    private readonly queries: PublicationsQueries,
    private readonly retrial: PublicationRetrial,
  ) {}

  @Post('retry')
  @HttpCode(207)
  @Idempotent()
  @ApiOperation({
    summary: 'Retry what ended unsuccessfully, by filter',
    description:
      'Failed, skipped and incomplete publications, each on its own, by the filters of GET /dead-letters. Unconfirmed ones are never taken up by filter.',
  })
  @ApiResponse({ status: 207, type: RetryResultsDto, description: 'One row per publication.' })
  async retryMany(
    @CurrentCaller() caller: Caller,
    @Body() body: RetryFilterDto,
  ): Promise<Plain<RetryResultsDto>> {
    return { items: (await this.retrial.many(caller, body)).map(toRetryResult) };
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'Retry a publication that failed, was skipped or is incomplete' })
  @ApiParam({ name: 'id', example: 'pub_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiOkResponse({ type: PublicationDto })
  @ApiNotFoundResponse({ description: 'There is no such publication.' })
  @ApiConflictResponse({ description: 'The cause has to be mended first; the answer says how.' })
  async retry(
    @CurrentCaller() caller: Caller,
    @Param('id', new PublicIdPipe('pub', 'publication')) id: string,
  ): Promise<Plain<PublicationDto>> {
    await this.retrial.one(caller, id);
    return toPublication(await this.queries.get(caller.workspaceId, id));
  }
}
