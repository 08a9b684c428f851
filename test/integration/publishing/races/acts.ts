import { ConflictError } from '../../../../src/common/errors/index.js';
import { newId } from '../../../../src/common/ids/index.js';
import { PostsService } from '../../../../src/modules/content/index.js';
import { LateAnswers } from '../../../../src/modules/publishing/late.answers.js';
import { LateEvidence } from '../../../../src/modules/publishing/late.evidence.js';
import { DeletionRepository } from '../../../../src/modules/publishing/deletion.repository.js';
import { Skipped, Suspended } from '../../../../src/modules/publishing/engine.signals.js';
import type { PublicationState } from '../../../../src/modules/publishing/publication.states.js';
import { type Judgement, PlanCommands } from '../../../../src/modules/publishing/index.js';
import { PublicationRepository } from '../../../../src/modules/publishing/publication.repository.js';
import { PublishingListeners } from '../../../../src/modules/publishing/publishing.listeners.js';
import { Reconciler } from '../../../../src/modules/publishing/reconciler.js';
import { storeError } from '../../../../src/modules/publishing/stored-error.js';
import { WakeSweep } from '../../../../src/modules/publishing/wake.sweep.js';
import { SchedulingService } from '../../../../src/modules/scheduling/index.js';
import type { Act } from './duel.js';
import { type Calling, made, refusal, type Running, type Stage, type Subject } from './stage.js';

const request = {
  method: 'DELETE',
  url: 'https://fake.example',
  headers: {},
  bodyBytes: 0,
  bodySha256: '',
  bodyExcerpt: '',
};

/** What workers, sweeps and people do to publications, each as its caller does it. */
export class Acts {
  constructor(private readonly stage: Stage) {}

  claim({ id }: Subject, wakeNo: number): Act {
    const publications = this.get(PublicationRepository);
    return async () => (await this.inUnit(() => publications.claim(id, wakeNo, newId()))) !== null;
  }

  fence(running: Running): Act {
    return () => this.stage.openCall(running);
  }

  sweep({ id }: Subject): Act {
    return async () => {
      await this.get(WakeSweep).sweepOnce();
      return (await this.stage.rowOf(id))['swept_at'] !== null;
    };
  }

  /** A run that goes to sleep. */
  sleep({ run }: Running, state: 'waiting' | 'with_platform' = 'waiting'): Act {
    return this.concludes(state, () => this.stage.outcome.after(run, new Suspended('look', 60_000, state)));
  }

  published({ id, run }: Running): Act {
    return this.concludes('published', () => this.stage.outcome.published(run, made(id)));
  }

  failed({ run }: Running): Act {
    run.publication.retries = 3;
    return this.concludes('failed', () => this.stage.outcome.after(run, refusal()));
  }

  skipped({ run }: Running): Act {
    return this.concludes('skipped', () => this.stage.outcome.after(run, new Skipped('too_late')));
  }

  unconfirmed({ run }: Running): Act {
    return this.concludes('unconfirmed', () => this.stage.outcome.unconfirmed(run, 'Nobody can tell.'));
  }

  /** The answer of a call: it created something. Always taken in. */
  answered({ id, callId }: Calling, as = id): Act {
    return this.always(() => this.get(LateEvidence).takeIn(callId, made(as), null));
  }

  /** A look of the run that finds what its call has created. */
  finds({ id, run }: Calling): Act {
    const found = { verdict: 'found', result: made(id), evidence: {} } as const;
    this.stage.engine.behaviour.look = () => Promise.resolve(found);
    return async () => {
      try {
        return (await this.get(Reconciler).reconcile(run)) === null;
      } catch (error) {
        if (error instanceof Suspended) return false;
        throw error;
      }
    };
  }

  /** The answer of a call: it is proven that nothing was created. Always taken in. */
  refused({ callId }: Calling): Act {
    const evidence = { answer: null, error: storeError(refusal(), null) };
    return this.always(() => this.get(LateEvidence).takeInRefusal(callId, evidence));
  }

  hold({ postId }: Subject): Act {
    return async () => (await this.stage.engine.hold({ scope: 'post', subjectId: postId })) === 1;
  }

  cancel({ postId }: Subject): Act {
    return () =>
      this.inUnit(async () => {
        await this.get(PostsService).lock(postId);
        const results = await this.get(PlanCommands).cancel(postId);
        return results.every(({ result }) => result === 'canceled');
      });
  }

  /** A person does not want it any more, now that it is late. */
  skipLate({ postId }: Subject): Act {
    return this.unlessRefused(() =>
      this.inUnit(async () => {
        await this.get(PostsService).lock(postId);
        await this.get(LateAnswers).answer(postId, { answer: 'skip' });
      }),
    );
  }

  edit({ postId }: Subject): Act {
    return this.unlessRefused(() => this.stage.engine.edit(postId, 'Other words'));
  }

  retry({ id }: Subject): Act {
    return this.unlessRefused(() => this.stage.engine.retry(id));
  }

  resolve({ id }: Subject, judgement: Judgement): Act {
    return this.unlessRefused(() => this.stage.engine.resolve(id, judgement));
  }

  /** The beginning of a deletion on the platform. */
  deletes({ id: publicationId }: Subject): Act {
    const deletion = { id: newId(), publicationId, commitKey: 'part:0', platformPostId: '1', request };
    return () => this.inUnit(() => this.get(DeletionRepository).start(deletion));
  }

  /** As the API does it: the post is locked first. */
  move(postId: string, dueAt: Date): Act {
    return this.unlessRefused(() =>
      this.inUnit(async () => {
        const posts = this.get(PostsService);
        await posts.lock(postId);
        const time = { ok: true as const, dueAt, warnings: [] };
        const { post } = await posts.schedule(postId, { scheduledFor: 'then', timezone: null, time });
        if (post.occurrenceId === null || post.dueAt === null) throw new Error('the post has no time');
        await this.get(SchedulingService).reschedule(post.occurrenceId, post.dueAt);
        await this.get(PlanCommands).reschedule(post.occurrenceId, post.dueAt);
      }),
    );
  }

  /** What Publishing does when it hears of a date. */
  async makePlan(postId: string): Promise<Act> {
    const { workspaceId } = this.stage.engine;
    const [post] = await this.stage.engine.rows('SELECT occurrence_id, due_at FROM posts WHERE id = $1', [
      postId,
    ]);
    const dueAt = (post?.['due_at'] as Date).toISOString();
    const data = { postId, occurrenceId: String(post?.['occurrence_id']), dueAt };
    const event = {
      id: newId(),
      seq: 1,
      workspaceId,
      type: 'heard',
      version: 1,
      data,
      occurredAt: new Date(),
    };
    return this.always(() => this.get(PublishingListeners).makePlan(event));
  }

  private concludes(wanted: PublicationState, work: () => Promise<PublicationState | null>): Act {
    return async () => (await work()) === wanted;
  }

  private always(work: () => Promise<unknown>): Act {
    return async () => {
      await this.inUnit(work);
      return true;
    };
  }

  private unlessRefused(work: () => Promise<unknown>): Act {
    return async () => {
      try {
        await work();
        return true;
      } catch (error) {
        if (error instanceof ConflictError) return false;
        throw error;
      }
    };
  }

  private inUnit<T>(work: () => Promise<T>): Promise<T> {
    const { engine } = this.stage;
    return engine.unitOfWork.run(engine.workspaceId, work, { durable: true });
  }

  private get<T>(type: abstract new (...args: never[]) => T): T {
    return this.stage.engine.app.get<T>(type);
  }
}
