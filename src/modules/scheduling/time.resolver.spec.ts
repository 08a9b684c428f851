import { resolveTime, type TimeResolution } from './time.resolver.js';

const now = new Date('2026-01-15T12:00:00.000Z');

function resolve(scheduledFor: string, timezone?: string): TimeResolution {
  return resolveTime({ scheduledFor, timezone }, now);
}

function read(resolution: TimeResolution): { dueAt: string; warnings: string[] } {
  if (!resolution.ok) throw new Error(resolution.violations.map(({ rule }) => rule).join());
  return {
    dueAt: resolution.dueAt.toISOString(),
    warnings: resolution.warnings.map(({ code }) => code),
  };
}

function rules(resolution: TimeResolution): string[] {
  return resolution.ok ? [] : resolution.violations.map(({ pointer, rule }) => `${pointer} ${rule}`);
}

describe('resolveTime', () => {
  it.each([
    ['now', undefined, '2026-01-15T12:00:00.000Z'],
    ['now', 'Europe/Berlin', '2026-01-15T12:00:00.000Z'],
    ['2026-12-24T18:00:00Z', undefined, '2026-12-24T18:00:00.000Z'],
    ['2026-12-24t18:00z', undefined, '2026-12-24T18:00:00.000Z'],
    ['2026-12-24T18:00:00.5+01:00', undefined, '2026-12-24T17:00:00.500Z'],
    ['2026-12-24 18:00+0530', undefined, '2026-12-24T12:30:00.000Z'],
    ['2026-12-24T18:00:00Z', 'America/New_York', '2026-12-24T18:00:00.000Z'],
    ['2026-12-24T18:00:00', 'Europe/Berlin', '2026-12-24T17:00:00.000Z'],
    ['2026-07-24T18:00', 'Europe/Berlin', '2026-07-24T16:00:00.000Z'],
    ['2026-12-24T18:00:00', 'Asia/Kathmandu', '2026-12-24T12:15:00.000Z'],
    ['2028-02-29T08:00', 'UTC', '2028-02-29T08:00:00.000Z'],
    ['2126-02-28T08:00', 'UTC', '2126-02-28T08:00:00.000Z'],
  ])('reads %s in %s as %s', (scheduledFor, timezone, dueAt) => {
    expect(read(resolve(scheduledFor, timezone))).toEqual({ dueAt, warnings: [] });
  });

  it.each([
    // Europe/Berlin: 02:00 → 03:00 on 29 March
    ['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T02:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    // America/New_York: 02:00 → 03:00 on 8 March
    ['2026-03-08T02:15:00', 'America/New_York', '2026-03-08T07:15:00.000Z'],
    // Australia/Lord_Howe: half an hour, 02:00 → 02:30 on 4 October
    ['2026-10-04T02:10:00', 'Australia/Lord_Howe', '2026-10-03T15:40:00.000Z'],
    // Africa/Cairo: midnight is skipped on 24 April
    ['2026-04-24T00:30:00', 'Africa/Cairo', '2026-04-23T22:30:00.000Z'],
  ])('moves %s on in %s, where the clocks skip it', (scheduledFor, timezone, dueAt) => {
    expect(read(resolve(scheduledFor, timezone))).toEqual({ dueAt, warnings: ['time_skipped'] });
  });

  it.each([
    ['2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-11-01T01:30:00', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-04-05T01:45:00', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
  ])('takes the first %s in %s, where the clocks show it twice', (scheduledFor, timezone, dueAt) => {
    expect(read(resolve(scheduledFor, timezone))).toEqual({ dueAt, warnings: ['time_ambiguous'] });
  });

  it('says nothing of the hours beside a change of the clocks', () => {
    expect(read(resolve('2026-03-29T01:59:59', 'Europe/Berlin')).warnings).toEqual([]);
    expect(read(resolve('2026-03-29T03:00:00', 'Europe/Berlin')).warnings).toEqual([]);
    expect(read(resolve('2026-10-25T03:00:00', 'Europe/Berlin')).warnings).toEqual([]);
  });

  it('takes five minutes past as now, and a millisecond more as past', () => {
    expect(read(resolve('2026-01-15T11:55:00.000Z'))).toEqual({
      dueAt: now.toISOString(),
      warnings: ['time_just_past'],
    });
    expect(rules(resolve('2026-01-15T11:54:59.999Z'))).toEqual(['/scheduledFor time_in_past']);
    expect(read(resolve('2026-01-15T12:00:00.000Z')).warnings).toEqual([]);
  });

  it.each([
    ['tomorrow', undefined, ['/scheduledFor time_invalid']],
    ['', undefined, ['/scheduledFor time_invalid']],
    ['2026-12-24', 'Europe/Berlin', ['/scheduledFor time_invalid']],
    ['2026-02-30T10:00:00', 'Europe/Berlin', ['/scheduledFor time_invalid']],
    ['2026-02-30T10:00:00Z', undefined, ['/scheduledFor time_invalid']],
    ['2026-12-24T25:00:00Z', undefined, ['/scheduledFor time_invalid']],
    ['2026-12-24T18:00:00[Europe/Berlin]', undefined, ['/scheduledFor time_invalid']],
    ['1767225600000', undefined, ['/scheduledFor time_invalid']],
    ['2026-12-24T18:00:00', undefined, ['/timezone timezone_required']],
    ['2026-12-24T18:00:00', 'Mars/Olympus', ['/timezone timezone_unknown']],
    ['2026-12-24T18:00:00', '', ['/timezone timezone_unknown']],
    ['2026-12-24T18:00:00', '+02:00', ['/timezone timezone_unknown']],
    ['2026-12-24T18:00:00Z', 'Mars/Olympus', ['/timezone timezone_unknown']],
    ['now', 'Mars/Olympus', ['/timezone timezone_unknown']],
    ['soon', 'Mars/Olympus', ['/timezone timezone_unknown', '/scheduledFor time_invalid']],
    ['next-free-slot', undefined, ['/scheduledFor slots_not_available']],
  ])('refuses %p in %p', (scheduledFor, timezone, expected) => {
    expect(rules(resolve(scheduledFor, timezone))).toEqual(expected);
  });

  it('names a remedy with every refusal', () => {
    const resolution = resolve('2026-12-24T18:00:00', 'Mars/Olympus');
    expect(resolution).toMatchObject({
      ok: false,
      violations: [{ remedy: expect.stringContaining('IANA'), actual: 'Mars/Olympus' }],
    });
  });
});
