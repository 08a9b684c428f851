import { Injectable, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ManualClock } from '../clock/index.js';
import { correlationId } from '../logging/index.js';
import {
  defineJob,
  JobDispatcher,
  type JobDefinition,
  JobWiringError,
  ManualJobQueue,
  ProcessesJob,
  QueueModule,
} from './index.js';

const wash = defineJob<{ id: string }>('house', 'wash');
const cook = defineJob<{ id: string }>('house', 'cook');

@Injectable()
class Washer {
  readonly washed: unknown[] = [];

  @ProcessesJob(wash)
  wash(payload: { id: string }): Promise<void> {
    this.washed.push([payload, correlationId()]);
    return Promise.resolve();
  }
}

@Injectable()
class Rival {
  @ProcessesJob(wash)
  wash(_payload: { id: string }): Promise<void> {
    return Promise.resolve();
  }
}

@Injectable()
class Cook {
  @ProcessesJob(cook)
  cook(_payload: { id: string }): Promise<void> {
    return Promise.reject(new Error('burnt'));
  }
}

async function boot(jobs: readonly JobDefinition[], ...providers: Type<object>[]): Promise<JobDispatcher> {
  const driver = new ManualJobQueue(new ManualClock());
  const module = await Test.createTestingModule({
    imports: [QueueModule.forRoot({ jobs, concurrency: 1, driver })],
    providers,
  }).compile();
  await module.init();
  washer = providers.includes(Washer) ? module.get(Washer) : null;
  return module.get(JobDispatcher, { strict: false });
}

let washer: Washer | null = null;

describe('the job dispatcher', () => {
  it('boots when each kind of job has one processor, and no kind is also fine', async () => {
    await expect(boot([wash, cook], Washer, Cook)).resolves.toBeInstanceOf(JobDispatcher);
    await expect(boot([])).resolves.toBeInstanceOf(JobDispatcher);
  });

  it('stops the boot for a job that nobody processes, naming the job', async () => {
    const booting = boot([wash, cook], Washer);
    await expect(booting).rejects.toThrow(JobWiringError);
    await expect(booting).rejects.toThrow(
      'No method processes the job house/cook; mark one with @ProcessesJob.',
    );
  });

  it('stops the boot for a job with two processors, naming both', async () => {
    const booting = boot([wash], Washer, Rival);
    await expect(booting).rejects.toThrow(JobWiringError);
    await expect(booting).rejects.toThrow('Washer.wash and Rival.wash both process the job house/wash.');
  });

  it('stops the boot for a processor that is there twice', async () => {
    @Injectable()
    class Copy extends Washer {}
    await expect(boot([wash], Washer, Copy)).rejects.toThrow('both process the job house/wash');
  });

  it('takes a provider and its alias for one', async () => {
    const alias = Symbol('alias');
    const module = await Test.createTestingModule({
      imports: [
        QueueModule.forRoot({ jobs: [wash], concurrency: 1, driver: new ManualJobQueue(new ManualClock()) }),
      ],
      providers: [Washer, { provide: alias, useExisting: Washer }],
    }).compile();
    await expect(module.init()).resolves.toBeDefined();
  });

  it('stops the boot for a processor of a job that is not declared, naming the class', async () => {
    const booting = boot([wash], Washer, Cook);
    await expect(booting).rejects.toThrow(
      'Cook.cook processes the job house/cook, which no module declares.',
    );
  });

  it('hands the payload to the processor, with the correlation that it carries', async () => {
    const dispatcher = await boot([wash], Washer);
    await dispatcher.dispatch('house', 'wash', { id: 'a', correlationId: 'request-1' });
    expect(washer?.washed).toEqual([[{ id: 'a', correlationId: 'request-1' }, 'request-1']]);
  });

  it('gives a correlation to a job without one', async () => {
    const dispatcher = await boot([wash], Washer);
    await dispatcher.dispatch('house', 'wash', { id: 'a' });
    expect(washer?.washed).toEqual([[{ id: 'a' }, expect.stringMatching(/^[0-9a-f-]{36}$/)]]);
  });

  it('hands on the failure of a processor, and refuses a job of another queue', async () => {
    const dispatcher = await boot([cook], Cook);
    await expect(dispatcher.dispatch('house', 'cook', {})).rejects.toThrow('burnt');
    await expect(dispatcher.dispatch('garden', 'cook', {})).rejects.toThrow(
      'Nobody processes the job garden/cook.',
    );
  });
});
