import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { AccountOptions } from '../../modules/accounts/index.js';
import { CurrentWorkspace } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { OptionListDto, OptionsQueryDto, toOptionList } from './account-options.dto.js';
import { PlatformOutageInterceptor } from './platform-outage.interceptor.js';

@ApiTags('Accounts')
@ApiBearerAuth()
@UseInterceptors(PlatformOutageInterceptor)
@Controller('api/v1/accounts/:id/options')
export class AccountOptionsController {
  constructor(private readonly options: AccountOptions) {}

  @Get(':setting')
  @ApiOperation({
    summary: 'List what a setting can be',
    description:
      'Asks the platform for the values that a setting can have for this account right now, such as boards or playlists. GET /api/v1/platforms marks such settings with "x-live-options".',
  })
  @ApiParam({ name: 'id', example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiParam({ name: 'setting', description: "Name of a property in the platform's settings." })
  @ApiOkResponse({ type: OptionListDto })
  @ApiNotFoundResponse({ description: 'There is no such account, or the setting has no live options.' })
  @ApiUnprocessableEntityResponse({
    description: 'The platform refuses; the account may have to be connected again.',
  })
  @ApiServiceUnavailableResponse({ description: 'The platform cannot be asked now; try again.' })
  async list(
    @CurrentWorkspace() workspaceId: string,
    @Param('id', new PublicIdPipe('acc', 'account')) id: string,
    @Param('setting') setting: string,
    @Query() { query, cursor }: OptionsQueryDto,
  ): Promise<Plain<OptionListDto>> {
    const asked = { setting, query: query ?? null, cursor: cursor ?? null };
    return toOptionList(await this.options.list(workspaceId, id, asked));
  }
}
