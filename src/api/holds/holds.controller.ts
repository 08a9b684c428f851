import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../modules/accounts/index.js';
import { CurrentCaller } from '../common/current-caller.decorator.js';
import { Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { HoldDto, HoldResultDto } from './hold.dto.js';
import { Holding } from './holding.js';

const postId = new PublicIdPipe('post', 'post');
const brandId = new PublicIdPipe('brand', 'brand');
const accountId = new PublicIdPipe('acc', 'account');

@ApiTags('Holds')
@Controller('api/v1')
export class HoldsController {
  constructor(private readonly holding: Holding) {}

  @Post('posts/:id/hold')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({
    summary: 'Hold a post',
    description: 'Once answered, no further call of it is made until it is resumed.',
  })
  @ApiParam({ name: 'id', example: 'post_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiOkResponse({ type: HoldResultDto })
  @ApiNotFoundResponse({ description: 'There is no such post.' })
  async holdPost(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: string,
    @Body() body: HoldDto,
  ): Promise<Plain<HoldResultDto>> {
    return {
      publications: await this.holding.hold(caller, { scope: 'post', subjectId: id }, body.reason ?? null),
    };
  }

  @Post('posts/:id/resume')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({
    summary: 'Resume a post',
    description: 'What is due goes out at once. What another hold covers stays held.',
  })
  @ApiParam({ name: 'id', example: 'post_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiOkResponse({ type: HoldResultDto })
  @ApiNotFoundResponse({ description: 'There is no such post.' })
  async resumePost(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: string,
  ): Promise<Plain<HoldResultDto>> {
    return { publications: await this.holding.resume(caller, { scope: 'post', subjectId: id }) };
  }

  @Post('accounts/:id/hold')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'Hold an account', description: 'Also what is planned on it later is held.' })
  @ApiParam({ name: 'id', example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiOkResponse({ type: HoldResultDto })
  @ApiNotFoundResponse({ description: 'There is no such account.' })
  async holdAccount(
    @CurrentCaller() caller: Caller,
    @Param('id', accountId) id: string,
    @Body() body: HoldDto,
  ): Promise<Plain<HoldResultDto>> {
    return {
      publications: await this.holding.hold(caller, { scope: 'account', subjectId: id }, body.reason ?? null),
    };
  }

  @Post('accounts/:id/resume')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'Resume an account' })
  @ApiParam({ name: 'id', example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiOkResponse({ type: HoldResultDto })
  @ApiNotFoundResponse({ description: 'There is no such account.' })
  async resumeAccount(
    @CurrentCaller() caller: Caller,
    @Param('id', accountId) id: string,
  ): Promise<Plain<HoldResultDto>> {
    return { publications: await this.holding.resume(caller, { scope: 'account', subjectId: id }) };
  }

  @Post('brands/:id/hold')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({
    summary: 'Hold a brand',
    description: 'All accounts that belong to it, and those that join it later.',
  })
  @ApiParam({ name: 'id', example: 'brand_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiOkResponse({ type: HoldResultDto })
  @ApiNotFoundResponse({ description: 'There is no such brand.' })
  async holdBrand(
    @CurrentCaller() caller: Caller,
    @Param('id', brandId) id: string,
    @Body() body: HoldDto,
  ): Promise<Plain<HoldResultDto>> {
    return {
      publications: await this.holding.hold(caller, { scope: 'brand', subjectId: id }, body.reason ?? null),
    };
  }

  @Post('brands/:id/resume')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'Resume a brand' })
  @ApiParam({ name: 'id', example: 'brand_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiOkResponse({ type: HoldResultDto })
  @ApiNotFoundResponse({ description: 'There is no such brand.' })
  async resumeBrand(
    @CurrentCaller() caller: Caller,
    @Param('id', brandId) id: string,
  ): Promise<Plain<HoldResultDto>> {
    return { publications: await this.holding.resume(caller, { scope: 'brand', subjectId: id }) };
  }

  @Post('workspace/hold')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'Hold everything', description: 'The emergency stop of the workspace.' })
  @ApiOkResponse({ type: HoldResultDto })
  async holdAll(@CurrentCaller() caller: Caller, @Body() body: HoldDto): Promise<Plain<HoldResultDto>> {
    const subject = { scope: 'workspace', subjectId: caller.workspaceId } as const;
    return { publications: await this.holding.hold(caller, subject, body.reason ?? null) };
  }

  @Post('workspace/resume')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({
    summary: 'Resume everything',
    description: 'Holds of single posts, accounts and brands stay.',
  })
  @ApiOkResponse({ type: HoldResultDto })
  async resumeAll(@CurrentCaller() caller: Caller): Promise<Plain<HoldResultDto>> {
    return {
      publications: await this.holding.resume(caller, { scope: 'workspace', subjectId: caller.workspaceId }),
    };
  }
}
