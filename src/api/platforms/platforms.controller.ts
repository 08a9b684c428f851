import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Caller } from '../../modules/accounts/index.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
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
    description: 'What is off is skipped when it becomes due; what is already going out ends by itself.',
  })
  @ApiParam(keyParameter)
  @ApiOkResponse({ type: PlatformDto })
  @ApiNotFoundResponse({ description: 'There is no such platform.' })
  @ApiConflictResponse({ description: 'The configuration of the server has switched it off.' })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('key') key: string,
    @Body() { enabled }: ChangePlatformDto,
  ): Promise<Plain<PlatformDto>> {
    return toPlatformDto(await this.catalogue.change(caller, key, enabled));
  }
}
