import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { IdempotencyModule } from '../../common/idempotency/index.js';
import { AccountsModule } from '../../modules/accounts/index.js';
import { ContentModule } from '../../modules/content/index.js';
import { PublishingModule } from '../../modules/publishing/index.js';
import { SchedulingModule } from '../../modules/scheduling/index.js';
import { Pause } from './pause.js';
import { PlanWaiter } from './plan.waiter.js';
import { PostPreflightController } from './post-preflight.controller.js';
import { PostExplainController } from './post-explain.controller.js';
import { PostCommandsController } from './post-commands.controller.js';
import { PostCreation } from './post.creation.js';
import { PostEdition } from './post.edition.js';
import { PostLatenessController } from './post-lateness.controller.js';
import { PostLateness } from './post.lateness.js';
import { PostOutcome } from './post.outcome.js';
import { PostOutput } from './post.output.js';
import { PostPublication } from './post.publication.js';
import { PostSchedule } from './post.schedule.js';
import { PostStory } from './post.story.js';
import { PostWithdrawal } from './post.withdrawal.js';
import { PostsController } from './posts.controller.js';
import { PostsQueries } from './posts.queries.js';

/** The HTTP edge of posts: the use cases that go across Content, Scheduling and Publishing. */
@Module({
  imports: [
    ClockModule,
    IdempotencyModule,
    AccountsModule,
    ContentModule,
    SchedulingModule,
    PublishingModule,
  ],
  providers: [
    Pause,
    PlanWaiter,
    PostCreation,
    PostEdition,
    PostLateness,
    PostOutcome,
    PostOutput,
    PostPublication,
    PostSchedule,
    PostStory,
    PostWithdrawal,
    PostsQueries,
  ],
  controllers: [
    PostPreflightController,
    PostsController,
    PostCommandsController,
    PostExplainController,
    PostLatenessController,
  ],
})
export class PostsApiModule {}
