import { Module } from '@nestjs/common';
import { PublishingModule } from '../../modules/publishing/index.js';
import { PlansController } from './plans.controller.js';

/** The HTTP edge of plans. */
@Module({ imports: [PublishingModule], controllers: [PlansController] })
export class PlansApiModule {}
