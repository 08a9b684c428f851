import { Readable } from 'node:stream';
import { EventRelay } from '../../../../src/common/events/index.js';
import { newId } from '../../../../src/common/ids/index.js';
import type { PostPolicy } from '../../../../src/modules/content/index.js';
import { type Asset, MediaService } from '../../../../src/modules/media/index.js';
import { ExplainReader, type Reason } from '../../../../src/modules/publishing/index.js';
import { ProcessBeat } from '../../../../src/modules/publishing/process.beat.js';
import { WallClockGuard } from '../../../../src/modules/publishing/wall-clock.guard.js';
import { Engine } from '../../../support/engine/engine.js';
import { FakeBehaviour } from '../../../support/engine/fake-platform.js';
import type { FakeFate } from '../../../support/engine/fake-server.js';
import { noise } from '../../../support/media/generated-media.js';

export const minute = 60_000;

/** Brings incidents about, each on an account of its own, and reads what is said of them. */
export class IncidentStage {
  account = '';
  private number = 0;
  private readonly afterwards: (() => Promise<unknown>)[] = [];

  constructor(readonly engine: Engine) {}

  /** Everything works, and somebody works and schedules. */
  async begin(): Promise<void> {
    const { engine } = this;
    this.number += 1;
    this.account = await engine.connect(this.name);
    await engine.rows('DELETE FROM processes');
    await this.present('all');
    await this.steadyClock();
    engine.queue.wipe();
    Object.assign(engine.behaviour, new FakeBehaviour());
    engine.server.entries.length = 0;
    engine.server.fates.length = 0;
  }

  /** What the incident has left is taken back, the last first. */
  async end(): Promise<void> {
    for (const back of this.afterwards.splice(0).reverse()) await back();
    await this.engine.rows(
      'TRUNCATE circuits, circuit_waits, platform_switches, instance_switches, holds, fanfare.restoration',
    );
  }

  afterwardsDo(back: () => Promise<unknown>): void {
    this.afterwards.push(back);
  }

  /** Of the account on the platform. */
  get name(): string {
    return `incident${this.number}`;
  }

  /** The cause, as another process than the engine's may be asked for it. */
  async cause(postId: string, asked = this.engine): Promise<Reason> {
    const [target] = await asked.unitOfWork.run(asked.workspaceId, () =>
      asked.app.get(ExplainReader).ofPost(postId),
    );
    const [first] = target?.reasons ?? [];
    if (first === undefined) throw new Error('nothing is explained');
    return first;
  }

  inMs(reason: Reason): number {
    return Math.round((reason.until?.getTime() ?? Number.NaN) - this.engine.clock.now().getTime());
  }

  /** Due in a minute, planned, and handed over. */
  async soon(policy: Partial<PostPolicy> = {}): Promise<string> {
    const postId = await this.engine.post({ accounts: [this.account], inMs: minute, policy });
    await this.engine.settle();
    return postId;
  }

  /** Due in so many milliseconds; nothing of it is done before. */
  async later(inMs: number): Promise<string> {
    const postId = await this.engine.post({ accounts: [this.account], inMs });
    await this.engine.app.get(EventRelay).drain();
    return postId;
  }

  /** Sent now, and the platform answers like this. */
  async sent(...fates: FakeFate[]): Promise<string> {
    this.engine.server.fates.push(...fates);
    return this.written({});
  }

  async written(post: {
    readonly text?: string;
    readonly thread?: readonly string[];
    readonly media?: readonly string[];
  }): Promise<string> {
    const postId = await this.engine.post({ ...post, accounts: [this.account] });
    await this.engine.settle();
    return postId;
  }

  async due(ms = minute): Promise<void> {
    await this.engine.advance(ms);
    await this.engine.settle();
  }

  present(role: 'all' | 'worker' | 'scheduler'): Promise<void> {
    return this.engine.app.get(ProcessBeat).beat(role);
  }

  /** Another process than this one's. */
  async onlyPresent(role: 'worker' | 'scheduler'): Promise<void> {
    await this.engine.rows('DELETE FROM processes');
    await this.engine.rows('INSERT INTO processes (id, role) VALUES ($1, $2)', [newId(), role]);
  }

  /** Two looks at the same moment: whatever was seen before, the clock has not jumped since. */
  async steadyClock(): Promise<void> {
    const [clock] = await this.engine.rows('SELECT fanfare.now() AS now');
    const now = clock?.['now'] as Date;
    this.engine.app.get(WallClockGuard).look(now);
    this.engine.app.get(WallClockGuard).look(now);
  }

  jumpClock(): void {
    const guard = this.engine.app.get(WallClockGuard);
    guard.look(this.engine.clock.now());
    guard.look(new Date(this.engine.clock.now().getTime() + 60 * minute));
  }

  /** A worker has it, with a lease of ten minutes. */
  async running(): Promise<string> {
    const postId = await this.later(0);
    await this.engine.rows(
      `UPDATE publications SET state = 'running', lease_token = $2, wake_reason = 'lease',
              lease_until = fanfare.now() + interval '10 minutes', wake_at = fanfare.now() + interval '10 minutes'
        WHERE post_id = $1`,
      [postId, newId()],
    );
    return postId;
  }

  /** A picture, on a platform that takes such pictures up to so many bytes. */
  async picture(mimeType: 'image/png' | 'image/jpeg', maxBytes: number): Promise<Asset> {
    const limit = { kind: 'image', maxItems: 1, mimeTypes: [mimeType], maxBytes, maxAltText: 100 } as const;
    this.engine.behaviour.media = {
      limits: [{ ...limit, minWidth: 200 }],
      maxItems: 1,
      mixes: [['image']],
    };
    const bytes = await noise(200 + this.number, 150)
      .png()
      .toBuffer();
    const upload = { stream: Readable.from([bytes]) };
    return this.engine.app.get(MediaService).upload(this.engine.workspaceId, upload);
  }

  /** A process of its own, with more configuration. */
  async otherProcess(env: Readonly<Record<string, string>>): Promise<Engine> {
    const other = await Engine.start(this.engine, { ...Engine.fakeParts, env });
    this.afterwardsDo(() => other.stop());
    return other;
  }
}

export function status(code: number, headers?: Record<string, string>): FakeFate {
  return { kind: 'status', status: code, ...(headers === undefined ? {} : { headers }) };
}
