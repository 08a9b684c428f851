import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { ApiKeyScope, Caller } from '../../modules/accounts/index.js';
import { CurrentCaller, CurrentScopes } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { assertScope } from '../common/scope.check.js';
import { ChangePlatformDto, PlatformDto, PlatformListDto, toPlatformDto } from './platform.dto.js';
import { PlatformCatalogue } from './platform.catalogue.js';

const keyParameter = { name: 'key', description: 'Key of the platform.' };

@ApiTags('Platforms')
@ApiBearerAuth()
@Controller('api/v1/platforms')
export class PlatformsController {
  constructor(private readonly catalogue: PlatformCatalogue) {}

  @Get()
  @ApiOperation({
    summary: 'List platforms',
    description:
      'What each platform can do, which settings a target may carry, and how to connect an account.',
  })
  @ApiOkResponse({ type: PlatformListDto })
  async list(@CurrentCaller() { workspaceId }: Caller): Promise<Plain<PlatformListDto>> {
    const entries = await this.catalogue.list(workspaceId);
    return { items: entries.map(toPlatformDto) };
  }

  @Get(':key')
  @ApiOperation({ summary: 'Read a platform' })
  @ApiParam(keyParameter)
  @ApiOkResponse({ type: PlatformDto })
  @ApiNotFoundResponse({ description: 'There is no such platform.' })
  async get(
    @CurrentCaller() { workspaceId }: Caller,
    @Param('key') key: string,
  ): Promise<Plain<PlatformDto>> {
    return toPlatformDto(await this.catalogue.get(workspaceId, key));
  }

  @Patch(':key')
  @ApiOperation({
    summary: 'Switch a platform on or off',
    description:
      'For the workspace, or with the scope operator for the whole instance. While it is off nothing is called there: what is due is passed over, or waits until it is on. What is already going out ends by itself.',
  })
  @ApiParam(keyParameter)
  @ApiOkResponse({ type: PlatformDto })
  @ApiNotFoundResponse({ description: 'There is no such platform.' })
  @ApiForbiddenResponse({ description: 'Only a key with the scope operator switches for the instance.' })
  @ApiConflictResponse({
    description: 'The configuration or the operator of the server has switched it off.',
  })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('key') key: string,
    @CurrentScopes() scopes: readonly ApiKeyScope[],
    @Body() { enabled, scope = 'workspace', whenDue = 'skip' }: ChangePlatformDto,
  ): Promise<Plain<PlatformDto>> {
    if (scope === 'instance') assertScope(scopes, 'operator');
    return toPlatformDto(await this.catalogue.change(caller, key, { scope, enabled, whenDue }));
  }
}
