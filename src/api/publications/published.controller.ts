import { Controller, Delete, Get, HttpCode, Param, UseInterceptors } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { Caller } from '../../modules/accounts/index.js';
import { DeletionService, MetricsService } from '../../modules/publishing/index.js';
import { PlatformOutageInterceptor } from '../accounts/index.js';
import { CurrentCaller, CurrentWorkspace } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { MetricsDto, toMetrics } from './metrics.dto.js';
import { PublicationDto } from './publication.dto.js';
import { toPublication } from './publication.view.js';
import { PublicationsQueries } from './publications.queries.js';

const publicationId = new PublicIdPipe('pub', 'publication');
const idParameter = { name: 'id', example: 'pub_01890a5d6e7b7c8d9e0f112233445566' };
const notFound = { description: 'There is no such publication.' };
const unavailable = { description: 'The platform cannot be asked now; try again.' };

/** What can be done with a post that is out. */
@ApiTags('Publications')
@UseInterceptors(PlatformOutageInterceptor)
@Controller('api/v1/publications')
export class PublishedController {
  constructor(
    private readonly deletions: DeletionService,
    private readonly metrics: MetricsService,
    private readonly queries: PublicationsQueries,
  ) {}

  @Delete(':id/post')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Delete what was published',
    description:
      'Takes back everything of the publication on the platform: the post, its thread, its first comment. The publication stays, with deletedAt. Asking again is harmless.',
  })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: PublicationDto })
  @ApiNotFoundResponse(notFound)
  @ApiConflictResponse({
    description: 'It is not out (not_published), or has to be deleted by hand (delete_by_hand).',
  })
  @ApiUnprocessableEntityResponse({ description: 'The platform refuses.' })
  @ApiServiceUnavailableResponse(unavailable)
  async delete(
    @CurrentCaller() caller: Caller,
    @Param('id', publicationId) id: string,
  ): Promise<Plain<PublicationDto>> {
    await this.deletions.delete(caller, id);
    return toPublication(await this.queries.get(caller.workspaceId, id));
  }

  @Get(':id/metrics')
  @ApiOperation({
    summary: 'Read the figures of a post',
    description:
      'Asks the platform, at most every five minutes. What it does not give is left out; an empty list of available figures means that it gives none.',
  })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: MetricsDto })
  @ApiNotFoundResponse(notFound)
  @ApiConflictResponse({ description: 'It is not out.' })
  @ApiUnprocessableEntityResponse({ description: 'The platform refuses.' })
  @ApiServiceUnavailableResponse(unavailable)
  async read(
    @CurrentWorkspace() workspaceId: string,
    @Param('id', publicationId) id: string,
  ): Promise<Plain<MetricsDto>> {
    return toMetrics(id, await this.metrics.read(workspaceId, id));
  }
}
