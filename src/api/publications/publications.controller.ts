import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Caller } from '../../modules/accounts/index.js';
import { CurrentCaller, CurrentWorkspace } from '../common/current-caller.decorator.js';
import { Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { AttemptListDto, toAttempt } from './attempt.dto.js';
import { PublicationListQuery } from './publication-queries.dto.js';
import { PublicationDto, PublicationListDto } from './publication.dto.js';
import { toPublication } from './publication.view.js';
import { PublicationResolution } from './publication.resolution.js';
import { PublicationsQueries } from './publications.queries.js';
import { ResolveDto } from './resolve.dto.js';

const publicationId = new PublicIdPipe('pub', 'publication');
const idParameter = { name: 'id', example: 'pub_01890a5d6e7b7c8d9e0f112233445566' };
const notFound = { description: 'There is no such publication.' };

@ApiTags('Publications')
@Controller('api/v1/publications')
export class PublicationsController {
  constructor(
    private readonly queries: PublicationsQueries,
    private readonly resolution: PublicationResolution,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List publications', description: 'Newest first.' })
  @ApiOkResponse({ type: PublicationListDto })
  list(
    @CurrentWorkspace() workspaceId: string,
    @Query() query: PublicationListQuery,
  ): Promise<Plain<PublicationListDto>> {
    return this.queries.list(workspaceId, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a publication' })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: PublicationDto })
  @ApiNotFoundResponse(notFound)
  async get(
    @CurrentWorkspace() workspaceId: string,
    @Param('id', publicationId) id: string,
  ): Promise<Plain<PublicationDto>> {
    return toPublication(await this.queries.get(workspaceId, id));
  }

  @Get(':id/attempts')
  @ApiOperation({
    summary: 'Read the ledger of a publication',
    description:
      'Every attempt with its visible calls: what was sent, what came back, what is known. Oldest first.',
  })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: AttemptListDto })
  @ApiNotFoundResponse(notFound)
  async attempts(
    @CurrentWorkspace() workspaceId: string,
    @Param('id', publicationId) id: string,
  ): Promise<Plain<AttemptListDto>> {
    return { items: (await this.queries.attempts(workspaceId, id)).map(toAttempt) };
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({
    summary: 'Say whether an unconfirmed publication is out',
    description: 'For what only a person can tell: look on the platform, then say what is there.',
  })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: PublicationDto })
  @ApiNotFoundResponse(notFound)
  @ApiConflictResponse({ description: 'It is not unconfirmed.' })
  async resolve(
    @CurrentCaller() caller: Caller,
    @Param('id', publicationId) id: string,
    @Body() body: ResolveDto,
  ): Promise<Plain<PublicationDto>> {
    await this.resolution.resolve(caller, id, body);
    return toPublication(await this.queries.get(caller.workspaceId, id));
  }
}
