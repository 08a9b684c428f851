import { pacificDay } from './pacific.day.js';

describe('the day of the quotas', () => {
  it.each([
    ['2026-01-15T07:59:59Z', '2026-01-14'],
    ['2026-01-15T08:00:00Z', '2026-01-15'],
    ['2026-07-15T06:59:59Z', '2026-07-14'],
    ['2026-07-15T07:00:00Z', '2026-07-15'],
  ])('is at %s %s in California, in winter and in summer', (at, day) => {
    expect(pacificDay(Date.parse(at))).toBe(day);
  });
});
