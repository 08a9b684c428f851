import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { UnitOfWork } from '../../common/database/index.js';
import { parsePublicId, toPublicId } from '../../common/ids/index.js';
import type { Caller } from '../../modules/accounts/index.js';
import { DeadLetterReader } from '../../modules/publishing/index.js';
import { CurrentCaller, CurrentWorkspace } from '../common/current-caller.decorator.js';
import { Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { NeedsScope } from '../common/scope.decorator.js';
import { toFilter } from '../publications/index.js';
import { DeadDeliveries } from './dead.deliveries.js';
import { DeadDeliveryListDto, DeadDeliveryQuery } from './dead-delivery.dto.js';
import { DeadLetterListDto, DeadLetterQuery, toDeadLetter } from './dead-letter.dto.js';

const defaultLimit = 25;

@ApiTags('Dead letters')
@Controller('api/v1/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly letters: DeadLetterReader,
    private readonly deliveries: DeadDeliveries,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List what ended without success',
    description:
      'Publications that failed, were skipped, are unconfirmed or incomplete, with cause and remedy, newest first. ' +
      'POST /publications/retry takes the same filters, POST /publications/{id}/retry a single one.',
  })
  @ApiOkResponse({ type: DeadLetterListDto })
  list(
    @CurrentWorkspace() workspaceId: string,
    @Query() query: DeadLetterQuery,
  ): Promise<Plain<DeadLetterListDto>> {
    const limit = query.limit ?? defaultLimit;
    const before = query.cursor === undefined ? null : parsePublicId('pub', query.cursor);
    return this.unitOfWork.run(workspaceId, async () => {
      const found = await this.letters.list({
        ...toFilter(query),
        ended: query.ended,
        before: before ?? undefined,
        limit: limit + 1,
      });
      const items = found.slice(0, limit);
      const last = items.at(-1)?.publication;
      return {
        items: items.map(toDeadLetter),
        nextCursor: found.length > limit && last !== undefined ? toPublicId('pub', last.id) : null,
      };
    });
  }

  @Get('deliveries')
  @NeedsScope('admin')
  @ApiOperation({
    summary: 'List events that were given up',
    description:
      'What a part of the engine could not take in after eight tries. For operators; newest first.',
  })
  @ApiOkResponse({ type: DeadDeliveryListDto })
  listDeliveries(
    @CurrentWorkspace() workspaceId: string,
    @Query() query: DeadDeliveryQuery,
  ): Promise<Plain<DeadDeliveryListDto>> {
    return this.deliveries.list(workspaceId, query);
  }

  @Post('deliveries/:id/retry')
  @HttpCode(204)
  @NeedsScope('admin')
  @Idempotent()
  @ApiOperation({ summary: 'Deliver an event again that was given up' })
  @ApiParam({ name: 'id', example: 'dead_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiNoContentResponse({ description: 'It is delivered within moments.' })
  @ApiNotFoundResponse({ description: 'There is no such dead letter.' })
  retryDelivery(
    @CurrentCaller() caller: Caller,
    @Param('id', new PublicIdPipe('dead', 'dead letter')) id: string,
  ): Promise<void> {
    return this.deliveries.retry(caller, id);
  }
}
