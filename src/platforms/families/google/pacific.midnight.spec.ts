import { untilPacificMidnight } from './pacific.midnight.js';

describe('midnight in California', () => {
  it.each([
    ['in winter', '2026-12-01T20:00:00.000Z', '2026-12-02T08:00:00.000Z'],
    ['in summer', '2026-07-01T06:59:59.500Z', '2026-07-01T07:00:00.000Z'],
    ['on the day whose clocks go forward', '2026-03-08T09:00:00.000Z', '2026-03-09T07:00:00.000Z'],
    ['on the day whose clocks go back', '2026-11-01T08:00:00.000Z', '2026-11-02T08:00:00.000Z'],
    ['a whole day from midnight on', '2026-12-02T08:00:00.000Z', '2026-12-03T08:00:00.000Z'],
  ])('is found %s', (_name, now, midnight) => {
    const from = new Date(now);
    expect(new Date(from.getTime() + untilPacificMidnight(from)).toISOString()).toBe(midnight);
  });
});
