import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MediaQuota } from '../../modules/media/index.js';
import { CurrentWorkspace } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { MediaQuotaDto, toMediaQuotaDto } from './media-quota.dto.js';

@ApiTags('Media')
@ApiBearerAuth()
@Controller('api/v1/media/quota')
export class MediaQuotaController {
  constructor(private readonly quota: MediaQuota) {}

  @Get()
  @ApiOperation({
    summary: 'How much media is kept',
    description:
      'And how much may be. The quota is given by whoever runs the installation: `FANFARE_MEDIA_QUOTA_MB` for all, `fanfare media quota` for one workspace.',
  })
  @ApiOkResponse({ type: MediaQuotaDto })
  async get(@CurrentWorkspace() workspaceId: string): Promise<Plain<MediaQuotaDto>> {
    return toMediaQuotaDto(await this.quota.usage(workspaceId));
  }
}
