import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { AppCredentials, type Caller } from '../../modules/accounts/index.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { NeedsScope } from '../common/scope.decorator.js';
import { AppCredentialsDto, PutAppCredentialsDto, toAppCredentials } from './app-credentials.dto.js';

const keyParameter = { name: 'key', description: 'Key of the platform.' };
const notFound = { description: 'There is no such platform.' };

/** The app that a workspace brings of its own. Its secret goes in and never comes back. */
@ApiTags('Platforms')
@ApiBearerAuth()
@ApiForbiddenResponse({ description: 'The key lacks the scope admin.' })
@NeedsScope('admin')
@Controller('api/v1/platforms/:key/app-credentials')
export class AppCredentialsController {
  constructor(private readonly apps: AppCredentials) {}

  @Get()
  @ApiOperation({ summary: 'See which app connects accounts', description: 'Without its secret.' })
  @ApiParam(keyParameter)
  @ApiOkResponse({ type: AppCredentialsDto })
  @ApiNotFoundResponse(notFound)
  async get(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<Plain<AppCredentialsDto>> {
    return toAppCredentials(await this.apps.get(caller.workspaceId, key));
  }

  @Put()
  @HttpCode(200)
  @ApiOperation({
    summary: "Set the workspace's own app",
    description:
      'Accounts are connected with it from now on, instead of the app of the environment. Accounts that were connected with another app have to be connected again when their access ends.',
  })
  @ApiParam(keyParameter)
  @ApiOkResponse({ type: AppCredentialsDto })
  @ApiNotFoundResponse(notFound)
  @ApiConflictResponse({ description: 'The platform needs no app.' })
  async put(
    @CurrentCaller() caller: Caller,
    @Param('key') key: string,
    @Body() { clientId, clientSecret, extra }: PutAppCredentialsDto,
  ): Promise<Plain<AppCredentialsDto>> {
    const app = { clientId, clientSecret, extra: extra ?? {} };
    return toAppCredentials(await this.apps.put(caller, key, app));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: "Remove the workspace's own app" })
  @ApiParam(keyParameter)
  @ApiNoContentResponse({ description: 'It is removed; that of the environment holds again.' })
  @ApiNotFoundResponse({ description: 'There is no such platform, or the workspace has no app of its own.' })
  @ApiConflictResponse({ description: 'The platform needs no app.' })
  async remove(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<void> {
    await this.apps.remove(caller, key);
  }
}
