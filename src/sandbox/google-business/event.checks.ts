import { describeJson, type JsonObject } from '../core/json.js';
import { invalidField } from './google.errors.js';
import type { PostFields } from './post.fields.js';

const LONGEST_TITLE = 58;
const PATTERNS = ['dailyPattern', 'weeklyPattern', 'monthlyPattern'];
const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const OCCURRENCES = ['FIRST', 'SECOND', 'THIRD', 'FOURTH', 'LAST'];

/** When it is, in the time of the place: all four parts, and the end not before the start. */
export function eventOf(event: PostFields): JsonObject {
  const title = event.required('title', event.text('title'));
  if ([...title].length > LONGEST_TITLE) {
    throw invalidField(event.at('title'), `Must be at most ${LONGEST_TITLE} characters`, title);
  }
  const schedule = event.required('schedule', event.nested('schedule'));
  const [start, end] = [momentOf(schedule, 'start'), momentOf(schedule, 'end')];
  if (end < start) throw invalidField(schedule.path, 'The end must not be before the start');
  const recurrence = event.nested('recurrenceInfo');
  if (recurrence !== null) checkRecurrence(recurrence);
  return event.object;
}

function momentOf(schedule: PostFields, which: 'start' | 'end'): number {
  const date = schedule.required(`${which}Date`, schedule.nested(`${which}Date`));
  const time = schedule.required(`${which}Time`, schedule.nested(`${which}Time`));
  const [year, month, day] = ['year', 'month', 'day'].map((name) => date.whole(name) ?? 0) as [
    number,
    number,
    number,
  ];
  const midnight = new Date(Date.UTC(year, month - 1, day));
  const real = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day && year > 0;
  if (!real) throw invalidField(date.path, 'Invalid date', date.object);
  const [hours, minutes, seconds] = [
    part(time, 'hours', 24),
    part(time, 'minutes', 59),
    part(time, 'seconds', 60),
  ];
  part(time, 'nanos', 999_999_999);
  return midnight.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** What is zero may be left out. */
function part(time: PostFields, name: string, most: number): number {
  const value = time.whole(name) ?? 0;
  if (value < 0 || value > most) throw invalidField(time.at(name), 'Invalid time', time.object);
  return value;
}

function checkRecurrence(recurrence: PostFields): void {
  const given = PATTERNS.filter((name) => recurrence.has(name));
  if (given.length !== 1) throw invalidField(recurrence.path, 'Exactly one pattern is required');
  const end = recurrence.text('seriesEndTime');
  if (end !== null && Number.isNaN(Date.parse(end))) {
    throw invalidField(recurrence.at('seriesEndTime'), 'Invalid timestamp', end);
  }
  const days = recurrence.nested('weeklyPattern')?.object['daysOfWeek'];
  const known =
    Array.isArray(days) && days.length > 0 && days.every((day) => DAYS.includes(describeJson(day)));
  if (recurrence.has('weeklyPattern') && !known) {
    throw invalidField(recurrence.at('weeklyPattern.daysOfWeek'), 'Invalid days of the week');
  }
  const monthly = recurrence.nested('monthlyPattern');
  if (monthly === null) return;
  const day = monthly.whole('dayOfMonth');
  const occurrence = monthly.oneOf('dayOfWeekOccurrence', OCCURRENCES);
  if ((day === null) === (occurrence === null) || (day !== null && (day < 1 || day > 31))) {
    throw invalidField(monthly.path, 'Exactly one of dayOfMonth and dayOfWeekOccurrence is required');
  }
}
