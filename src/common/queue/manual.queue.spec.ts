import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ManualClock } from '../clock/index.js';
import { defineJob, JobDispatcher, ManualJobQueue, ProcessesJob, QueueModule } from './index.js';

const note = defineJob<{ text: string }>('notes', 'note');
const fail = defineJob<object>('notes', 'fail');

@Injectable()
class Notes {
  readonly texts: string[] = [];
  onNote: (text: string) => Promise<void> = () => Promise.resolve();

  @ProcessesJob(note)
  async note({ text }: { text: string }): Promise<void> {
    this.texts.push(text);
    await this.onNote(text);
  }

  @ProcessesJob(fail)
  fail(_payload: object): Promise<void> {
    return Promise.reject(new Error('no'));
  }
}

describe('the manual queue', () => {
  let clock: ManualClock;
  let queue: ManualJobQueue;
  let dispatcher: JobDispatcher;
  let notes: Notes;

  beforeEach(async () => {
    clock = new ManualClock();
    queue = new ManualJobQueue(clock);
    const module = await Test.createTestingModule({
      imports: [QueueModule.forRoot({ jobs: [note, fail], concurrency: 1, driver: queue })],
      providers: [Notes],
    }).compile();
    await module.init();
    dispatcher = module.get(JobDispatcher, { strict: false });
    notes = module.get(Notes);
  });

  const add = (
    text: string,
    options: { id?: string; delayMs?: number; priority?: number } = {},
  ): Promise<void> => queue.add(note, { text }, { id: `id-${text}`, ...options });

  it('runs nothing before it is told, and nothing before its time', async () => {
    await add('now');
    await add('later', { delayMs: 1000 });
    expect(notes.texts).toEqual([]);
    expect(await queue.runDue(dispatcher)).toBe(1);
    clock.advance(999);
    expect(await queue.runDue(dispatcher)).toBe(0);
    clock.advance(1);
    expect(await queue.runDue(dispatcher)).toBe(1);
    expect(notes.texts).toEqual(['now', 'later']);
  });

  it('takes a delay in the past for none', async () => {
    await add('overdue', { delayMs: -5000 });
    await queue.runDue(dispatcher);
    expect(notes.texts).toEqual(['overdue']);
  });

  it('runs by time, then by priority, 0 first, then as added', async () => {
    await add('late', { delayMs: 10, priority: 0 });
    await add('low', { priority: 5 });
    await add('high', { priority: 1 });
    await add('first');
    await add('second');
    clock.advance(10);
    await queue.runDue(dispatcher);
    expect(notes.texts).toEqual(['first', 'second', 'high', 'low', 'late']);
  });

  it('ignores an id that waits or has run, until it forgets', async () => {
    await add('a', { id: 'same' });
    await add('b', { id: 'same' });
    await queue.runDue(dispatcher);
    await add('c', { id: 'same' });
    await queue.runDue(dispatcher);
    expect(notes.texts).toEqual(['a']);
    queue.wipe();
    await add('d', { id: 'same' });
    await queue.runDue(dispatcher);
    expect(notes.texts).toEqual(['a', 'd']);
  });

  it('takes the same id in another queue for another job', async () => {
    const elsewhere = defineJob<object>('elsewhere', 'note');
    await add('a', { id: 'same' });
    await queue.add(elsewhere, {}, { id: 'same' });
    expect(queue.pending()).toHaveLength(2);
  });

  it('loses everything that waits when wiped', async () => {
    await add('a');
    await add('b', { delayMs: 10 });
    queue.wipe();
    clock.advance(10);
    expect(await queue.runDue(dispatcher)).toBe(0);
  });

  it('runs what a job adds, and leaves what is not due yet', async () => {
    notes.onNote = async (text) => {
      if (text !== 'a') return;
      await add('added');
      await add('not yet', { delayMs: 1 });
    };
    await add('a');
    expect(await queue.runDue(dispatcher)).toBe(2);
    expect(notes.texts).toEqual(['a', 'added']);
    expect(queue.pending().map(({ id }) => id)).toEqual(['id-not yet']);
  });

  it('keeps a copy of the payload, as a store would', async () => {
    const payload = { text: 'as added' };
    await queue.add(note, payload, { id: 'copy' });
    payload.text = 'changed';
    await queue.runDue(dispatcher);
    expect(notes.texts).toEqual(['as added']);
  });

  it('hands on the failure of a job and keeps the others', async () => {
    await queue.add(fail, {}, { id: 'failing' });
    await add('next');
    await expect(queue.runDue(dispatcher)).rejects.toThrow('no');
    await queue.runDue(dispatcher);
    expect(notes.texts).toEqual(['next']);
  });

  it.each(['', '17', 'a:b'])('refuses the id "%s", as BullMQ does', async (id) => {
    expect(() => queue.add(note, { text: 'x' }, { id })).toThrow('cannot be a job id');
  });
});
