import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiKeyService, type ApiKeyScope, type Caller } from '../../modules/accounts/index.js';
import { ApiKeyListDto, CreateApiKeyDto, CreatedApiKeyDto, toApiKeyDto } from './api-key.dto.js';
import { CurrentCaller, CurrentScopes } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { assertScope } from '../common/scope.check.js';
import { NeedsScope } from '../common/scope.decorator.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';

/** Every answer is free of keys but the one that makes one; that one is not kept for idempotent replays. */
@ApiTags('API keys')
@ApiBearerAuth()
@ApiForbiddenResponse({ description: 'The key lacks the scope admin.' })
@NeedsScope('admin')
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeyService) {}

  @Get()
  @ApiOperation({ summary: 'List API keys', description: 'Newest first, the revoked ones too.' })
  @ApiOkResponse({ type: ApiKeyListDto })
  async list(@CurrentCaller() caller: Caller): Promise<Plain<ApiKeyListDto>> {
    return { items: (await this.keys.list(caller.workspaceId)).map(toApiKeyDto) };
  }

  @Post()
  @ApiOperation({
    summary: 'Make an API key',
    description: 'The key is shown this once. Nobody gives a scope that his own key lacks.',
  })
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  async create(
    @CurrentCaller() caller: Caller,
    @CurrentScopes() own: readonly ApiKeyScope[],
    @Body() body: CreateApiKeyDto,
  ): Promise<Plain<CreatedApiKeyDto>> {
    const scopes = body.scopes ?? ['read', 'write'];
    for (const scope of scopes) assertScope(own, scope);
    const { key, secret } = await this.keys.create(caller, {
      name: body.name,
      scopes,
      expiresAt: typeof body.expiresAt === 'string' ? new Date(body.expiresAt) : null,
    });
    return { ...toApiKeyDto(key), key: secret };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API key' })
  @ApiParam({ name: 'id', example: 'key_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiNoContentResponse({ description: 'Nobody gets in with it any more.' })
  @ApiNotFoundResponse({ description: 'There is no such key.' })
  async revoke(
    @CurrentCaller() caller: Caller,
    @Param('id', new PublicIdPipe('key', 'API key')) id: string,
  ): Promise<void> {
    await this.keys.revoke(caller, id);
  }
}
