import { Test } from '@nestjs/testing';
import { Clock, ClockModule, ManualClock, SystemClock } from './index.js';

describe('ManualClock', () => {
  it('stands still until it is moved', () => {
    const clock = new ManualClock('2026-02-03T04:05:06Z');
    expect(clock.now().toISOString()).toBe('2026-02-03T04:05:06.000Z');
    clock.advance(1_500);
    expect(clock.now().toISOString()).toBe('2026-02-03T04:05:07.500Z');
    expect(clock.monotonicMs()).toBe(1_500);
  });

  it('lets the wall jump without touching durations', () => {
    const clock = new ManualClock();
    clock.setWall('2020-01-01T00:00:00Z');
    expect(clock.now().getUTCFullYear()).toBe(2020);
    expect(clock.monotonicMs()).toBe(0);
  });

  it('refuses to go back', () => {
    expect(() => new ManualClock().advance(-1)).toThrow(RangeError);
  });
});

describe('SystemClock', () => {
  it('is what the module gives for the token', async () => {
    const module = await Test.createTestingModule({ imports: [ClockModule] }).compile();
    const clock = module.get(Clock);
    expect(clock).toBeInstanceOf(SystemClock);
    expect(clock.now()).toBeInstanceOf(Date);
    expect(clock.monotonicMs()).toBeLessThanOrEqual(clock.monotonicMs());
    await module.close();
  });
});
