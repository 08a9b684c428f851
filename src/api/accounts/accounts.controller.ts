import { Controller, Delete, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { parsePublicId, toPublicId } from '../../common/ids/index.js';
import { AccountsService, type AccountFilter, type Caller } from '../../modules/accounts/index.js';
import { AccountCheckDto, toAccountCheckDto } from './account-check.dto.js';
import { AccountListDto, AccountListQuery } from './account-list.dto.js';
import { AccountDto, toAccountDto } from './account.dto.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import { Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { PlatformOutageInterceptor } from './platform-outage.interceptor.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';

const accountId = new PublicIdPipe('acc', 'account');
const idParameter = { name: 'id', example: 'acc_01890a5d6e7b7c8d9e0f112233445566' };

@ApiTags('Accounts')
@ApiBearerAuth()
@UseInterceptors(PlatformOutageInterceptor)
@Controller('api/v1/accounts')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Get()
  @ApiOperation({ summary: 'List accounts', description: 'Newest first.' })
  @ApiOkResponse({ type: AccountListDto })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: AccountListQuery,
  ): Promise<Plain<AccountListDto>> {
    const page = await this.accounts.list(caller.workspaceId, filterOf(query));
    const { nextCursor } = page;
    return {
      items: page.items.map(toAccountDto),
      nextCursor: nextCursor === null ? null : toPublicId('acc', nextCursor),
    };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an account' })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: AccountDto })
  @ApiNotFoundResponse({ description: 'There is no such account.' })
  async get(@CurrentCaller() caller: Caller, @Param('id', accountId) id: string): Promise<Plain<AccountDto>> {
    return toAccountDto(await this.accounts.get(caller.workspaceId, id));
  }

  @Post(':id/check')
  @Idempotent()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Check an account',
    description:
      'Asks the platform whether the account can still be written to; nothing becomes visible. Credentials that have ended are renewed where that is possible. The status is 200 whatever the platform says.',
  })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: AccountCheckDto })
  @ApiNotFoundResponse({ description: 'There is no such account.' })
  @ApiConflictResponse({ description: 'The account is disconnected.' })
  async check(
    @CurrentCaller() caller: Caller,
    @Param('id', accountId) id: string,
  ): Promise<Plain<AccountCheckDto>> {
    return toAccountCheckDto(await this.accounts.check(caller, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Disconnect an account',
    description:
      'Deletes its credentials and tells the platform. The account stays listed as disconnected; connecting it again keeps its id.',
  })
  @ApiParam(idParameter)
  @ApiNoContentResponse({ description: 'It is disconnected, or was so before.' })
  @ApiNotFoundResponse({ description: 'There is no such account.' })
  async disconnect(@CurrentCaller() caller: Caller, @Param('id', accountId) id: string): Promise<void> {
    await this.accounts.disconnect(caller, id);
  }
}

function filterOf({ platform, state, brandId, cursor, limit }: AccountListQuery): AccountFilter {
  return {
    platform,
    state,
    limit,
    brandId: brandId === undefined ? undefined : (parsePublicId('brand', brandId) ?? undefined),
    cursor: cursor === undefined ? undefined : (parsePublicId('acc', cursor) ?? undefined),
  };
}
