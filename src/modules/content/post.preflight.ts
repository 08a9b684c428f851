import { Injectable } from '@nestjs/common';
import type { Violation } from '../../common/errors/index.js';
import type { CreatePost } from './post.input.js';
import { targetsFrom } from './post.changes.js';
import type { PostWarning } from './post.js';
import { PostValidator, type TargetFile } from './post.validator.js';
import { PostsService } from './posts.service.js';
import { checkStorable } from './structure.check.js';

export interface Preflight {
  /** What keeps the post from going out; as a draft, from being kept. */
  readonly violations: readonly Violation[];
  readonly warnings: readonly PostWarning[];
  /** What will be done to each file for each target. */
  readonly files: readonly TargetFile[];
}

/** What would become of a post, without making or changing anything. Every method runs inside the caller's unit of work. */
@Injectable()
export class PostPreflight {
  constructor(
    private readonly posts: PostsService,
    private readonly validator: PostValidator,
  ) {}

  async ofNew(input: CreatePost): Promise<Preflight> {
    const { schedule, ...written } = input;
    const time = schedule?.time;
    const untimely = time?.ok === false ? time.violations : [];
    const unstorable = checkStorable(written);
    if (unstorable.length > 0) return { violations: [...untimely, ...unstorable], warnings: [], files: [] };
    const targets = targetsFrom(input.targets);
    const verdict = await this.validator.validate({ base: input, targets, draft: schedule === null });
    return {
      violations: [...untimely, ...verdict.violations],
      warnings: [...(time?.ok === true ? time.warnings : []), ...verdict.warnings],
      files: verdict.files,
    };
  }

  /** Throws NotFoundError. */
  async of(postId: string): Promise<Preflight> {
    const post = await this.posts.get(postId);
    const draft = post.scheduledFor === null;
    return this.validator.validate({ base: post, targets: post.targets, draft });
  }
}
