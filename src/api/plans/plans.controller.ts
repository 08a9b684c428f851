import { Controller, Get, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../common/database/index.js';
import { NotFoundError } from '../../common/errors/index.js';
import { PlanReader } from '../../modules/publishing/index.js';
import { CurrentWorkspace } from '../common/current-caller.decorator.js';
import type { Plain } from '../common/plain.js';
import { PublicIdPipe } from '../common/public-id.pipe.js';
import { PlanDto, toPlan } from './plan.dto.js';

@ApiTags('Plans')
@Controller('api/v1/plans')
export class PlansController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanReader,
  ) {}

  @Get(':id')
  @ApiOperation({
    summary: 'Read a plan',
    description: 'A plan exists from the moment its post is scheduled.',
  })
  @ApiParam({ name: 'id', example: 'plan_01890a5d6e7b7c8d9e0f112233445566' })
  @ApiOkResponse({ type: PlanDto })
  @ApiNotFoundResponse({ description: 'There is no such plan.' })
  async get(
    @CurrentWorkspace() workspaceId: string,
    @Param('id', new PublicIdPipe('plan', 'plan')) id: string,
  ): Promise<Plain<PlanDto>> {
    const found = await this.unitOfWork.run(workspaceId, () => this.plans.findPlan(id), { snapshot: true });
    if (found === null) throw new NotFoundError('There is no such plan.', { code: 'plan_not_found' });
    return toPlan(found);
  }
}
