import { Body, Controller, Param, Patch } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { parsePublicId } from '../../common/ids/index.js';
import { AccountsService, type Caller, unknownBrand } from '../../modules/accounts/index.js';
import { AccountDto, toAccountDto } from '../accounts/index.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { ChangeAccountDto } from './brand.dto.js';
import { BrandChanges } from './brand.changes.js';

@ApiTags('Accounts')
@ApiBearerAuth()
@Controller('api/v1/accounts')
export class AccountBrandController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly changes: BrandChanges,
  ) {}

  @Patch(':id')
  @ApiOperation({
    summary: 'Give an account another brand',
    description:
      'A hold of the new brand holds what is planned on the account, one of the old brand no longer does.',
  })
  @ApiParam({ name: 'id', example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiOkResponse({ type: AccountDto })
  @ApiNotFoundResponse({ description: 'There is no such account.' })
  @ApiUnprocessableEntityResponse({ description: 'There is no such brand.' })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id', new PublicIdPipe('acc', 'account')) id: string,
    @Body() body: ChangeAccountDto,
  ): Promise<Plain<AccountDto>> {
    const brandId = body.brandId === null ? null : parsePublicId('brand', body.brandId);
    if (brandId === null && body.brandId !== null) throw unknownBrand();
    await this.changes.assign(caller, id, brandId);
    return toAccountDto(await this.accounts.get(caller.workspaceId, id));
  }
}
