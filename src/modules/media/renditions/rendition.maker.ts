import { stat } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { UnitOfWork } from '../../../common/database/index.js';
import { newId } from '../../../common/ids/index.js';
import { DomainError } from '../../../common/errors/index.js';
import { EventRecorder } from '../../../common/events/index.js';
import { BlobKeeper } from '../blob.keeper.js';
import { RenditionFailed, RenditionReady } from '../events/index.js';
import { MediaProbe } from '../probe/media.probe.js';
import { MediaStorage } from '../storage/media.storage.js';
import { StagingArea } from '../storage/staging.area.js';
import { UploadIntake } from '../upload.intake.js';
import { UsesRepository } from '../uses.repository.js';
import { ImageMaker } from './image.maker.js';
import { assertMade } from './made.check.js';
import { type MadeFile, type Rendition, RenditionImpossibleError } from './rendition.js';
import { RenditionsRepository } from './renditions.repository.js';
import { VideoMaker } from './video.maker.js';

/**
 * Begun so often without an end, it is the reason why the process dies. Each time costs a lease of a minute: deaths that have another
 * cause (a machine that restarts its workers again and again) would have to go on for nine minutes to look like this.
 */
const mostClaims = 9;
const heartbeatMs = 15_000;

interface Claimed {
  readonly workspaceId: string;
  readonly rendition: Rendition;
  readonly token: string;
  readonly signal: AbortSignal;
  /** Per cent. */
  progress: number;
}

/** Makes a rendition: fetches the source, follows the recipe, probes what came out, and keeps it. */
@Injectable()
export class RenditionMaker implements OnModuleDestroy {
  private readonly logger = new Logger(RenditionMaker.name);
  private readonly running = new Set<AbortController>();
  private closing = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: RenditionsRepository,
    private readonly uses: UsesRepository,
    private readonly events: EventRecorder,
    private readonly storage: MediaStorage,
    private readonly staging: StagingArea,
    private readonly intake: UploadIntake,
    private readonly prober: MediaProbe,
    private readonly keeper: BlobKeeper,
    private readonly images: ImageMaker,
    private readonly videos: VideoMaker,
  ) {}

  /** What is under way is given back, and another process begins it anew. */
  onModuleDestroy(): void {
    this.closing = true;
    for (const controller of this.running) controller.abort();
  }

  /** Does nothing when it is made already, or in other hands. */
  async make(workspaceId: string, renditionId: string): Promise<void> {
    if (this.closing) return;
    const token = newId();
    const rendition = await this.unitOfWork.run(workspaceId, async () =>
      (await this.repository.claim(renditionId, token)) ? this.repository.find(renditionId) : null,
    );
    if (rendition === null) return;
    const controller = new AbortController();
    this.running.add(controller);
    try {
      await this.makeClaimed(
        { workspaceId, rendition, token, signal: controller.signal, progress: 0 },
        controller,
      );
    } finally {
      this.running.delete(controller);
    }
  }

  private async makeClaimed(claimed: Claimed, controller: AbortController): Promise<void> {
    const timer = setInterval(() => void this.beat(claimed, controller), heartbeatMs);
    try {
      if (claimed.rendition.claims > mostClaims) {
        throw new RenditionImpossibleError('It was begun several times, and each time the process died.');
      }
      await this.staging.use((target) => this.follow(claimed, target));
    } catch (error) {
      await this.afterFailure(claimed, error);
    } finally {
      clearInterval(timer);
    }
  }

  private async follow(claimed: Claimed, target: string): Promise<void> {
    const { rendition } = claimed;
    await this.withSource(rendition, (source) => this.write(claimed, source, target));
    const { preview: _preview, ...probed } = await this.prober.probe(target, { preview: false });
    assertMade({ ...probed, bytes: (await stat(target)).size }, rendition.recipe);
    const file = await this.intake.measure(target);
    const made: MadeFile = { ...probed, ...file };
    await this.keeper.keep(claimed.workspaceId, [{ path: target, ...file }], () =>
      this.finish(claimed, made),
    );
  }

  private async write(claimed: Claimed, source: string, target: string): Promise<void> {
    const { recipe, sourceMimeType: sourceType, sourceDurationMs: durationMs } = claimed.rendition;
    const onProgress = (percent: number): void => {
      claimed.progress = percent;
    };
    const work = { source, sourceType, target, durationMs, signal: claimed.signal, onProgress };
    switch (recipe.make) {
      case 'image':
        return this.images.make(source, recipe, target);
      case 'video':
        return this.videos.make(work, recipe);
      case 'clean':
        return sourceType.startsWith('image/')
          ? this.images.clean(source, sourceType, target)
          : this.videos.clean(work);
    }
  }

  private async withSource(rendition: Rendition, use: (path: string) => Promise<void>): Promise<void> {
    const local = this.storage.localPath(rendition.sourceSha256);
    if (local !== null) return use(local);
    return this.staging.use(async (copy) => {
      const stream = await this.storage.open(rendition.sourceSha256);
      await pipeline(stream, createWriteStream(copy, { flags: 'wx', mode: 0o600 }));
      await use(copy);
    });
  }

  private async finish({ workspaceId, rendition, token }: Claimed, made: MadeFile): Promise<void> {
    if (!(await this.repository.finish(rendition.id, token, made))) throw new RenditionLostError();
    this.events.record(
      new RenditionReady(workspaceId, { renditionId: rendition.id, sourceSha256: rendition.sourceSha256 }),
    );
  }

  private async afterFailure(
    { workspaceId, rendition, token, signal }: Claimed,
    error: unknown,
  ): Promise<void> {
    if (error instanceof RenditionLostError) return;
    const reason = signal.aborted ? null : reasonOf(error);
    if (reason === null) {
      await this.unitOfWork.run(workspaceId, () => this.repository.release(rendition.id, token));
      if (!signal.aborted) throw error;
      return;
    }
    this.logger.warn({ msg: 'a rendition cannot be made', renditionId: rendition.id, reason, err: error });
    await this.unitOfWork.run(workspaceId, async () => {
      if (!(await this.repository.fail(rendition.id, token, reason))) return;
      const uses = await this.uses.openOf(rendition.sourceSha256);
      this.events.record(
        new RenditionFailed(workspaceId, {
          renditionId: rendition.id,
          sourceSha256: rendition.sourceSha256,
          reason,
          uses,
        }),
      );
    });
  }

  /** Says that somebody is still at it; stops when it is in other hands. */
  private async beat(
    { workspaceId, rendition, token, progress }: Claimed,
    controller: AbortController,
  ): Promise<void> {
    try {
      const held = await this.unitOfWork.run(workspaceId, () =>
        this.repository.progressed(rendition.id, token, progress),
      );
      if (!held) controller.abort();
    } catch (error) {
      this.logger.warn({ msg: 'a heartbeat failed', renditionId: rendition.id, err: error });
    }
  }
}

/** Somebody else is making it by now, or its file is gone. */
class RenditionLostError extends Error {
  override readonly name = 'RenditionLostError';
}

/** For the post's owner; null when it may well succeed the next time. */
function reasonOf(error: unknown): string | null {
  if (error instanceof RenditionImpossibleError) return error.message;
  // What the probe says of what came out.
  return error instanceof DomainError ? `What came out cannot be read: ${error.message}` : null;
}
