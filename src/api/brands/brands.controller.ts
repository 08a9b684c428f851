import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { parsePublicId, toPublicId } from '../../common/ids/index.js';
import { BrandsService, type Caller } from '../../modules/accounts/index.js';
import { CurrentCaller, CurrentWorkspace } from '../common/current-caller.decorator.js';
import { Idempotent } from '../common/idempotent.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { BrandDto, BrandListDto, BrandListQuery, BrandNameDto, toBrandDto } from './brand.dto.js';
import { BrandChanges } from './brand.changes.js';

const brandId = new PublicIdPipe('brand', 'brand');
const idParameter = { name: 'id', example: 'brand_01890a5d6e7b7c8d9e0f112233445566' };
const notFound = { description: 'There is no such brand.' };
const nameTaken = { description: 'Another brand has this name.' };
const defaultLimit = 50;

@ApiTags('Brands')
@ApiBearerAuth()
@Controller('api/v1/brands')
export class BrandsController {
  constructor(
    private readonly brands: BrandsService,
    private readonly changes: BrandChanges,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List brands', description: 'Groups of accounts. Newest first.' })
  @ApiOkResponse({ type: BrandListDto })
  async list(
    @CurrentWorkspace() workspaceId: string,
    @Query() { cursor, limit = defaultLimit }: BrandListQuery,
  ): Promise<Plain<BrandListDto>> {
    const from = cursor === undefined ? undefined : (parsePublicId('brand', cursor) ?? undefined);
    const { items, nextCursor } = await this.brands.list(workspaceId, { cursor: from, limit });
    return {
      items: items.map(toBrandDto),
      nextCursor: nextCursor === null ? null : toPublicId('brand', nextCursor),
    };
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Make a brand' })
  @ApiCreatedResponse({ type: BrandDto })
  @ApiUnprocessableEntityResponse(nameTaken)
  async create(@CurrentCaller() caller: Caller, @Body() { name }: BrandNameDto): Promise<Plain<BrandDto>> {
    return toBrandDto(await this.brands.create(caller, name));
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a brand' })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: BrandDto })
  @ApiNotFoundResponse(notFound)
  async get(
    @CurrentWorkspace() workspaceId: string,
    @Param('id', brandId) id: string,
  ): Promise<Plain<BrandDto>> {
    return toBrandDto(await this.brands.get(workspaceId, id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename a brand' })
  @ApiParam(idParameter)
  @ApiOkResponse({ type: BrandDto })
  @ApiNotFoundResponse(notFound)
  @ApiUnprocessableEntityResponse(nameTaken)
  async rename(
    @CurrentCaller() caller: Caller,
    @Param('id', brandId) id: string,
    @Body() { name }: BrandNameDto,
  ): Promise<Plain<BrandDto>> {
    return toBrandDto(await this.brands.rename(caller, id, name));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a brand', description: 'One that no account belongs to.' })
  @ApiParam(idParameter)
  @ApiNoContentResponse({ description: 'It is gone, and so is a hold of it.' })
  @ApiNotFoundResponse(notFound)
  @ApiConflictResponse({ description: 'Accounts belong to it.' })
  async remove(@CurrentCaller() caller: Caller, @Param('id', brandId) id: string): Promise<void> {
    await this.changes.remove(caller, id);
  }
}
