import { Module } from '@nestjs/common';
import { CryptoModule } from '../../common/crypto/index.js';
import { PlatformsCoreModule } from '../../platforms/core/index.js';
import { AccountsModule } from '../accounts/index.js';
import { MediaModule } from '../media/index.js';
import { PlanProjection } from './plan.projection.js';
import { PostCursor } from './post.cursor.js';
import { PostPreflight } from './post.preflight.js';
import { PostReader } from './post.reader.js';
import { PostValidator } from './post.validator.js';
import { PostsRepository } from './posts.repository.js';
import { RenditionCheck } from './rendition.check.js';
import { RenditionListener } from './rendition.listener.js';
import { PostsService } from './posts.service.js';

/** Posts: what to say, to whom, and whether it may be said. */
@Module({
  imports: [CryptoModule, PlatformsCoreModule, AccountsModule, MediaModule],
  providers: [
    PostsRepository,
    PostValidator,
    PostCursor,
    PostsService,
    PostPreflight,
    PostReader,
    PlanProjection,
    RenditionCheck,
    RenditionListener,
  ],
  exports: [PostsService, PostPreflight, PostReader, PlanProjection],
})
export class ContentModule {}
