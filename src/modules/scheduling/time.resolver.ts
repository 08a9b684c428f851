import { Temporal } from '@js-temporal/polyfill';
import type { Violation } from '../../common/errors/index.js';

export interface TimeRequest {
  /** `now`, an ISO instant, or an ISO wall time together with `timezone`. */
  readonly scheduledFor: string;
  /** IANA name; null or absent: none given. */
  readonly timezone?: string | null | undefined;
}

export interface TimeWarning {
  readonly code: string;
  readonly message: string;
  readonly pointer: string;
}

export type TimeResolution =
  | { readonly ok: true; readonly dueAt: Date; readonly warnings: readonly TimeWarning[] }
  | { readonly ok: false; readonly violations: readonly Violation[] };

/** Milliseconds in the past that still mean now: a slow client, a clock that is off. */
const graceMs = 5 * 60 * 1000;
const isoTime = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?([Zz]|[+-]\d{2}:?\d{2})?$/;
const hasOffset = /([Zz]|[+-]\d{2}:?\d{2})$/;

/**
 * The instant that a client means. An instant counts as it is, whatever the zone beside it; a wall time counts in its zone.
 * There is no limit ahead.
 */
export function resolveTime({ scheduledFor, timezone }: TimeRequest, now: Date): TimeResolution {
  const given = scheduledFor.trim();
  const zone = timezone ?? null;
  const violations = zone === null || isZone(zone) ? [] : [unknownZone(zone)];
  if (given === 'next-free-slot') return refused([...violations, slotsNotAvailable]);
  if (given === 'now') return violations.length > 0 ? refused(violations) : due(now, []);
  if (!isoTime.test(given)) return refused([...violations, invalidTime(given)]);
  const time = hasOffset.test(given.slice(10)) ? readInstant(given) : readWallTime(given, zone, violations);
  if (!time.ok || violations.length > 0) return refused([...violations, ...(time.ok ? [] : time.violations)]);
  return notPast(time.dueAt, time.warnings, now);
}

function readInstant(given: string): TimeResolution {
  try {
    return due(new Date(Temporal.Instant.from(given).epochMilliseconds), []);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refused([invalidTime(given)]);
  }
}

function readWallTime(
  given: string,
  zone: string | null,
  zoneProblems: readonly Violation[],
): TimeResolution {
  let wall: Temporal.PlainDateTime;
  try {
    wall = Temporal.PlainDateTime.from(given);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refused([invalidTime(given)]);
  }
  if (zone === null) return refused([zoneRequired]);
  return zoneProblems.length > 0 ? refused([]) : inZone(wall, zone);
}

/** A time that the clocks skip moves on by what they skip; one that they show twice is the first. */
function inZone(wall: Temporal.PlainDateTime, zone: string): TimeResolution {
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const second = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (first.epochMilliseconds === second.epochMilliseconds) return due(dateOf(first), []);
  const skipped = !first.toPlainDateTime().equals(wall);
  const chosen = skipped ? second : first;
  const shown = chosen.toString({ timeZoneName: 'never', smallestUnit: 'second' });
  return due(dateOf(chosen), [
    skipped
      ? warning(
          'time_skipped',
          `The clocks in ${zone} skip ${wall.toString()}; the post goes out at ${shown}.`,
        )
      : warning(
          'time_ambiguous',
          `The clocks in ${zone} show ${wall.toString()} twice; the post goes out the first time, at ${shown}.`,
        ),
  ]);
}

function notPast(dueAt: Date, warnings: readonly TimeWarning[], now: Date): TimeResolution {
  const lateMs = now.getTime() - dueAt.getTime();
  if (lateMs <= 0) return due(dueAt, warnings);
  if (lateMs <= graceMs) {
    return due(now, [
      ...warnings,
      warning('time_just_past', 'The time is just past; the post goes out now.'),
    ]);
  }
  return refused([
    {
      pointer: '/scheduledFor',
      rule: 'time_in_past',
      message: 'The time is in the past.',
      limit: new Date(now.getTime() - graceMs).toISOString(),
      actual: dueAt.toISOString(),
      remedy: 'Give a later time, or "now".',
    },
  ]);
}

/** IANA names only: an offset is no zone, for it does not know when the clocks change. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}

function dateOf(time: Temporal.ZonedDateTime): Date {
  return new Date(time.epochMilliseconds);
}
function due(dueAt: Date, warnings: readonly TimeWarning[]): TimeResolution {
  return { ok: true, dueAt, warnings };
}
function refused(violations: readonly Violation[]): TimeResolution {
  return { ok: false, violations };
}
function warning(code: string, message: string): TimeWarning {
  return { code, message, pointer: '/scheduledFor' };
}

function invalidTime(given: string): Violation {
  return {
    pointer: '/scheduledFor',
    rule: 'time_invalid',
    message: 'This is no time.',
    actual: given.slice(0, 100),
    remedy:
      'Give an ISO time such as 2026-12-24T18:00:00Z, the same without Z and with a timezone, or "now".',
  };
}
function unknownZone(zone: string): Violation {
  return {
    pointer: '/timezone',
    rule: 'timezone_unknown',
    message: 'There is no such time zone.',
    actual: zone.slice(0, 100),
    remedy: 'Use an IANA name such as Europe/Berlin, not an offset or an abbreviation.',
  };
}
const zoneRequired: Violation = {
  pointer: '/timezone',
  rule: 'timezone_required',
  message: 'A time without an offset needs a time zone.',
  remedy: 'Add an IANA name such as Europe/Berlin as timezone, or end the time with Z.',
};
const slotsNotAvailable: Violation = {
  pointer: '/scheduledFor',
  rule: 'slots_not_available',
  message: 'Posting slots are not built yet.',
  remedy: 'Give a time, or "now".',
};
