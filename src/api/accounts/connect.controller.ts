import { Body, Controller, Get, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiGoneResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { ConnectService, type Caller } from '../../modules/accounts/index.js';
import { CompleteConnectDto, SelectAccountsDto, StartConnectDto } from './connect-requests.dto.js';
import { ConnectSessionDto, toConnectSessionDto } from './connect-session.dto.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import { Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { PlatformOutageInterceptor } from './platform-outage.interceptor.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';

const sessionId = new PublicIdPipe('con', 'connect session');
const sessionParameter = { name: 'sessionId', example: 'con_01890a5d6e7b7c8d9e0f112233445566' };
const gone = { description: 'The session has expired.' };
const unavailable = { description: 'The platform cannot be reached now; nothing has changed.' };

@ApiTags('Accounts')
@ApiBearerAuth()
@UseInterceptors(PlatformOutageInterceptor)
@Controller('api/v1/accounts/connect')
export class ConnectController {
  constructor(private readonly connect: ConnectService) {}

  @Post(':platform')
  @Idempotent()
  @ApiOperation({
    summary: 'Start connecting',
    description:
      'Answers with the address to send the person to (OAuth) or with the fields to ask for (form). GET /api/v1/platforms tells which.',
  })
  @ApiParam({ name: 'platform', description: 'Key of the platform.' })
  @ApiCreatedResponse({ type: ConnectSessionDto })
  @ApiNotFoundResponse({ description: 'There is no such platform.' })
  @ApiUnprocessableEntityResponse({ description: 'A field or the redirect address is not right.' })
  @ApiServiceUnavailableResponse(unavailable)
  async start(
    @CurrentCaller() caller: Caller,
    @Param('platform') platform: string,
    @Body() body: StartConnectDto,
  ): Promise<Plain<ConnectSessionDto>> {
    return toConnectSessionDto(await this.connect.start(caller, platform, body));
  }

  @Get(':sessionId')
  @ApiOperation({ summary: 'Read a connect session' })
  @ApiParam(sessionParameter)
  @ApiOkResponse({ type: ConnectSessionDto })
  @ApiNotFoundResponse({ description: 'There is no such session.' })
  @ApiGoneResponse(gone)
  async get(
    @CurrentCaller() caller: Caller,
    @Param('sessionId', sessionId) id: string,
  ): Promise<Plain<ConnectSessionDto>> {
    return toConnectSessionDto(await this.connect.get(caller, id));
  }

  @Post(':sessionId/complete')
  @Idempotent()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Complete a connect session',
    description:
      'Takes the address that the browser landed on (OAuth) or the values of the fields (form), checks them with the platform, and answers with the accounts to choose from.',
  })
  @ApiParam(sessionParameter)
  @ApiOkResponse({ type: ConnectSessionDto })
  @ApiUnprocessableEntityResponse({ description: 'What was sent is not right; the session stays open.' })
  @ApiConflictResponse({ description: 'The session was completed before, or is being completed.' })
  @ApiGoneResponse(gone)
  @ApiServiceUnavailableResponse(unavailable)
  async complete(
    @CurrentCaller() caller: Caller,
    @Param('sessionId', sessionId) id: string,
    @Body() body: CompleteConnectDto,
  ): Promise<Plain<ConnectSessionDto>> {
    return toConnectSessionDto(await this.connect.complete(caller, id, body));
  }

  @Post(':sessionId/select')
  @Idempotent()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Connect what was chosen',
    description: 'An account that was connected before keeps its id and gets the new credentials.',
  })
  @ApiParam(sessionParameter)
  @ApiOkResponse({ type: ConnectSessionDto })
  @ApiUnprocessableEntityResponse({ description: 'Nothing, or none of the choices, was named.' })
  @ApiConflictResponse({ description: 'The session is not at this step.' })
  @ApiGoneResponse(gone)
  async select(
    @CurrentCaller() caller: Caller,
    @Param('sessionId', sessionId) id: string,
    @Body() { externalIds }: SelectAccountsDto,
  ): Promise<Plain<ConnectSessionDto>> {
    return toConnectSessionDto(await this.connect.select(caller, id, externalIds));
  }
}
