import type { ClosedLimit } from './budgets.js';

/** One sentence for a customer about a limit that is used up. */
export function usedUp({ per, rate }: ClosedLimit): string {
  const whose = per === 'account' ? 'this account' : 'the app that this account is connected with';
  return rate === null
    ? `The platform has asked ${whose} to pause.`
    : `The platform takes ${counted(rate.max)} from ${whose} in ${period(rate.periodMs)}, and they are used up.`;
}

export function platformDown({ openedAt }: { readonly openedAt: Date | null }): string {
  const since = openedAt === null ? '' : ` since ${openedAt.toISOString()}`;
  return `The platform has been out of order${since}: nothing is sent there until it answers again.`;
}

function counted(max: number): string {
  return max === 1 ? '1 post' : `${max} posts`;
}

/** `3 hours`, `a minute`. */
function period(ms: number): string {
  const units = [
    [86_400_000, 'day', 'a day'],
    [3_600_000, 'hour', 'an hour'],
    [60_000, 'minute', 'a minute'],
    [1_000, 'second', 'a second'],
  ] as const;
  const [size, name, one] = units.find(([size]) => ms >= size) ?? units[3];
  const count = Math.round((ms / size) * 10) / 10;
  return count === 1 ? one : `${count} ${name}s`;
}
