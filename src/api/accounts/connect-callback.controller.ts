import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConnectService } from '../../modules/accounts/index.js';
import { Public } from '../common/public.decorator.js';
import { callbackHeaders, renderCallbackPage } from './connect-callback.page.js';

/** Where a browser lands when the client has no redirect address of its own. Anybody may see it: it completes nothing. */
@Public()
@ApiExcludeController()
@Controller('api/v1/accounts/connect/callback')
export class ConnectCallbackController {
  constructor(private readonly connect: ConnectService) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const address = new URL(this.connect.defaultRedirectUri);
    address.search = new URL(request.url, address).search;
    const error = address.searchParams.get('error');
    await reply.headers(callbackHeaders).send(renderCallbackPage({ address: address.href, error }));
  }
}
