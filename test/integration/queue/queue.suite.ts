import { createPostgresBackend, setDefaultBackendFactory, Worker } from 'bullmq';
import { newId } from '../../../src/common/ids/index.js';
import { eventually } from '../../support/eventually.js';
import { note, Notes, other, Process, type ProcessOptions, type Store } from './queue.fixture.js';

/** What the queue does, whatever it lies in. */
export function queueSuite(startStore: () => Promise<Store>): void {
  let store: Store;
  let notes: Notes;
  let processes: Process[];

  beforeAll(async () => {
    store = await startStore();
  });

  afterAll(() => store.stop());

  beforeEach(() => {
    notes = new Notes();
    processes = [];
  });

  afterEach(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await store.wipe();
  });

  const start = async (options?: ProcessOptions): Promise<Process> => {
    const process = await Process.start(store, notes, options);
    processes.push(process);
    return process;
  };
  const ran = (...texts: string[]): Promise<unknown> =>
    eventually(() => {
      expect(notes.texts.toSorted()).toEqual(texts.toSorted());
      return true;
    });

  /** Holds the jobs of that text until it is opened. */
  const hold = (text: string): (() => void) => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    notes.behaviour = async (running) => {
      if (running === text) await opened;
    };
    return open;
  };

  it('runs the jobs of each queue once and keeps them as completed', async () => {
    const process = await start();
    const id = await process.add('a');
    await process.add('b', {}, other);
    await ran('a', 'b');
    await eventually(async () => (await process.job(id)).isCompleted());
    const job = await process.job(id);
    expect(job.data).toEqual({ text: 'a' });
    expect(job.opts).toMatchObject({
      attempts: 1,
      removeOnComplete: { age: 86_400, count: 1000 },
      removeOnFail: { age: 604_800 },
    });
  });

  it('never runs a job early', async () => {
    const process = await start();
    const added = Date.now();
    const delays = [0, 40, 90, 150, 250, 400];
    await Promise.all(delays.map((delayMs) => process.add(String(delayMs), { delayMs })));
    await ran(...delays.map(String));
    for (const { text, at } of notes.ran) expect(at - added).toBeGreaterThanOrEqual(Number(text));
  });

  it('takes a time in the past for now, and a part of a millisecond for a whole one', async () => {
    const process = await start();
    await process.add('past', { delayMs: -60_000 });
    const id = await process.add('part', { delayMs: 10.2 });
    await ran('past', 'part');
    expect((await process.job(id)).opts.delay).toBe(11);
  });

  it('runs 0 first, then by priority, then as added', async () => {
    const process = await start({ concurrency: 1 });
    const open = hold('first');
    await process.add('first');
    await ran('first');
    await process.add('low', { priority: 10 });
    await process.add('high', { priority: 1 });
    await process.add('none');
    await process.add('high too', { priority: 1 });
    open();
    await eventually(() => notes.texts.length === 5);
    expect(notes.texts).toEqual(['first', 'none', 'high', 'high too', 'low']);
  });

  it('ignores an id that waits, is delayed, or has run', async () => {
    const process = await start();
    const delayed = await process.add('delayed', { delayMs: 60_000 });
    await process.add('again', { id: delayed });
    const done = await process.add('done');
    await eventually(async () => (await process.job(done)).isCompleted());
    await process.add('done again', { id: done });
    await process.add('last');
    await ran('done', 'last');
    expect((await process.job(delayed)).data).toEqual({ text: 'delayed' });
    expect(await (await process.job(delayed)).isDelayed()).toBe(true);
  });

  it('takes the ids that wakes have and refuses those that BullMQ misreads', async () => {
    const process = await start();
    await process.add('a', { id: `${newId()}.1` });
    await ran('a');
    for (const id of ['', '12', 'a:b']) {
      await expect(process.add('b', { id })).rejects.toThrow('cannot be a job id');
    }
  });

  it('logs a job that fails, keeps it, and does not run it again by itself', async () => {
    const process = await start();
    notes.behaviour = async (text) => {
      if (text === 'bad') throw new Error('as told');
    };
    const id = await process.add('bad');
    await eventually(async () => (await process.job(id)).isFailed());
    await eventually(() =>
      process.log.has({ msg: 'job failed', jobId: id, queue: note.queue, job: note.name }),
    );
    const job = await process.job(id);
    expect([job.failedReason, job.attemptsMade]).toEqual(['as told', 1]);
    await process.add('good');
    await ran('bad', 'good');
  });

  it.each(['api', 'scheduler'] as const)('has no worker in a process of the role %s', async (role) => {
    const process = await start({ role });
    const id = await process.add('waits');
    expect(await (await process.job(id)).getState()).toBe('waiting');
    expect(await process.bull.getWorkersCount()).toBe(0);
    await start({ role: 'worker' });
    await ran('waits');
  });

  it('keeps jobs while no process runs, due and delayed', async () => {
    const first = await start({ role: 'api' });
    await first.add('due');
    await first.add('delayed', { delayMs: 100 });
    await first.stop();
    processes = [];
    await start();
    await ran('due', 'delayed');
  });

  it('shares the jobs between processes, each run once', async () => {
    const [one, two] = [await start(), await start()];
    const texts = Array.from({ length: 60 }, (_, index) => `job ${index}`);
    await Promise.all(texts.map((text, index) => (index % 2 === 0 ? one : two).add(text)));
    await ran(...texts);
  });

  it('ends the jobs under way at shutdown, with a database, and begins no other', async () => {
    const process = await start({ concurrency: 1 });
    let finished: unknown;
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    notes.behaviour = async (text, unitOfWork) => {
      if (text !== 'active') return;
      await opened;
      finished = await unitOfWork.sweep((manager) => manager.query('SELECT 1 AS one'));
    };
    const active = await process.add('active');
    await ran('active');
    const waiting = await process.add('waiting');
    let stopped = false;
    const stopping = process.stop().then(() => (stopped = true));
    processes = [];
    const observer = await start({ role: 'api' });
    expect(stopped).toBe(false);
    open();
    await stopping;
    expect(finished).toEqual([{ one: 1 }]);
    expect(notes.texts).toEqual(['active']);
    expect(await (await observer.job(active)).getState()).toBe('completed');
    expect(await (await observer.job(waiting)).getState()).toBe('waiting');
  });

  it('goes on when everything in the store is lost, also under a running job', async () => {
    const process = await start();
    const open = hold('running');
    await process.add('running');
    await process.add('lost', { delayMs: 300 });
    await ran('running');
    await store.wipe();
    open();
    await process.add('after');
    await ran('running', 'after');
    await process.add('later', { delayMs: 400 });
    await ran('running', 'after', 'later');
  });

  it('goes on when its connections are cut', async () => {
    const process = await start();
    await process.add('before');
    await ran('before');
    await store.cut();
    await eventually(async () => {
      await process.add('after', { id: 'after-the-cut' });
      return true;
    });
    await ran('before', 'after');
    await store.cut();
    await eventually(async () => {
      await process.add('delayed', { id: 'after-another-cut', delayMs: 50 });
      return true;
    });
    await ran('before', 'after', 'delayed');
    await eventually(() => process.queue.ping().then(() => true));
  });

  it('gives the job of a worker that died to another', async () => {
    const observer = await start({ role: 'api' });
    const times = { lockDuration: 500, stalledInterval: 250, maxStalledCount: 100 };
    const dead = silentWorker(store, () => new Promise(() => undefined), times);
    const id = await observer.add('of the dead');
    await eventually(async () => (await observer.job(id)).isActive());
    await dead.close(true);
    const heir = silentWorker(store, (text) => Promise.resolve(notes.ran.push({ text, at: 0 })), times);
    await ran('of the dead');
    await eventually(async () => (await observer.job(id)).isCompleted());
    await heir.close();
  });

  it('answers a ping', async () => {
    await expect((await start({ role: 'api' })).queue.ping()).resolves.toBeUndefined();
  });
}

function silentWorker(
  store: Store,
  run: (text: string) => Promise<unknown>,
  times: { lockDuration: number; stalledInterval: number; maxStalledCount: number },
): Worker {
  if (store.env['REDIS_URL'] === undefined) setDefaultBackendFactory(createPostgresBackend);
  else setDefaultBackendFactory();
  const worker = new Worker<{ text: string }>(note.queue, ({ data }) => run(data.text), {
    connection: store.connection,
    ...times,
  });
  worker.on('error', () => undefined);
  return worker;
}
