import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Plain } from '../common/plain.js';
import { Public } from '../common/public.decorator.js';
import { LivenessDto, ReadinessDto } from './health.dto.js';
import { ReadinessService } from './readiness.service.js';

@Public()
@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Is the process there?', description: 'Restart it when this does not answer.' })
  @ApiOkResponse({ type: LivenessDto })
  live(): Plain<LivenessDto> {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Can the process work?',
    description: 'Database reachable and migrated, queue reachable. Send it no requests when this says 503.',
  })
  @ApiOkResponse({ type: ReadinessDto })
  @ApiServiceUnavailableResponse({ type: ReadinessDto })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Plain<ReadinessDto>> {
    const seen = await this.readiness.look();
    void reply.status(seen.status === 'ok' ? 200 : 503);
    return seen;
  }
}
