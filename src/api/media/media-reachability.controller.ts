import { Controller, Get, Param } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import type { Caller } from '../../modules/accounts/index.js';
import { ReachabilityCheck } from '../../modules/media/index.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';

export class ReachabilityFindingDto {
  @ApiProperty({ example: 'media_url_private' })
  rule: string;

  @ApiProperty()
  message: string;

  @ApiProperty({ description: 'What helps.' })
  remedy: string;
}

export class ReachabilityDto {
  @ApiProperty()
  reachable: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What a platform would ask for, without its signature. Null when there is no such address.',
  })
  url: string | null;

  @ApiProperty({ type: [ReachabilityFindingDto] })
  findings: ReachabilityFindingDto[];
}

@ApiTags('Media')
@ApiBearerAuth()
@Controller('api/v1/media')
export class MediaReachabilityController {
  constructor(private readonly reachability: ReachabilityCheck) {}

  @Get(':id/reachability')
  @ApiOperation({
    summary: 'Check whether platforms can fetch a file',
    description:
      'Some platforms take no bytes and fetch files by themselves. This server asks for its own link as they would: whole and in part, without following redirects. Keeps nothing.',
  })
  @ApiParam({ name: 'id', example: 'med_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiOkResponse({ type: ReachabilityDto })
  @ApiNotFoundResponse({ description: 'There is no such file.' })
  async check(
    @CurrentCaller() caller: Caller,
    @Param('id', new PublicIdPipe('med', 'media')) id: string,
  ): Promise<Plain<ReachabilityDto>> {
    const { reachable, url, findings } = await this.reachability.check(caller.workspaceId, id);
    return { reachable, url, findings: findings.map((finding) => ({ ...finding })) };
  }
}
