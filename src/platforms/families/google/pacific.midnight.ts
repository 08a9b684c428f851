const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

const clockOf = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** Milliseconds until the quotas of a day are full again: midnight in California, also when the clocks change before it. */
export function untilPacificMidnight(now: Date): number {
  const left = dayMs - sinceMidnight(now);
  const there = sinceMidnight(new Date(now.getTime() + left));
  // A day of 23 or 25 hours: past midnight by an hour, or still an hour before it.
  return there > dayMs / 2 ? left + (dayMs - there) : left - there;
}

function sinceMidnight(time: Date): number {
  const parts = clockOf.formatToParts(time);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return of('hour') * hourMs + of('minute') * 60_000 + of('second') * 1000 + time.getUTCMilliseconds();
}
