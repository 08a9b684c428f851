import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ValidationFailedError } from '../../common/errors/index.js';
import { AuditLog, type Caller } from '../../modules/accounts/index.js';
import { PostsService } from '../../modules/content/index.js';
import { LateAnswers, type LateAnswer } from '../../modules/publishing/index.js';
import { SchedulingService } from '../../modules/scheduling/index.js';
import type { LateAnswerDto } from './late-answer.dto.js';

/** A person's word on a post that is later than it allows. */
@Injectable()
export class PostLateness {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly posts: PostsService,
    private readonly scheduling: SchedulingService,
    private readonly answers: LateAnswers,
    private readonly audit: AuditLog,
  ) {}

  /** Answers how many publications had asked. @throws ConflictError, ValidationFailedError, NotFoundError */
  answer({ workspaceId, keyId }: Caller, postId: string, dto: LateAnswerDto): Promise<number> {
    return this.unitOfWork.run(
      workspaceId,
      async () => {
        await this.posts.lock(postId);
        const answer = await this.meant(dto);
        const publications = await this.answers.answer(postId, answer);
        await this.audit.record({
          keyId,
          action: 'post.late-answered',
          subjectType: 'post',
          subjectId: postId,
          details: { answer: dto.answer, publications },
        });
        return publications;
      },
      { durable: true },
    );
  }

  private async meant({ answer, scheduledFor, timezone }: LateAnswerDto): Promise<LateAnswer> {
    if (answer !== 'reschedule') {
      if (scheduledFor === undefined && timezone === undefined) return { answer };
      const pointer = scheduledFor === undefined ? '/timezone' : '/scheduledFor';
      throw violated(
        pointer,
        'contradicts_answer',
        'Only a new time has a time.',
        'Leave it out, or reschedule.',
      );
    }
    if (scheduledFor === undefined) {
      throw violated('/scheduledFor', 'required', 'A new time is missing.', 'Say when it is to go out.');
    }
    const time = await this.scheduling.resolve({ scheduledFor, timezone: timezone ?? null });
    if (!time.ok) throw new ValidationFailedError(time.violations);
    return { answer, dueAt: time.dueAt };
  }
}

function violated(pointer: string, rule: string, message: string, remedy: string): ValidationFailedError {
  return new ValidationFailedError([{ pointer, rule, message, remedy }]);
}
