import {
  listAt,
  numberAt,
  recordAt,
  textAt,
  type LimitReading,
  type MetricName,
  type PostMetrics,
} from '../../core/index.js';

/** Reads insights by their names: some figures come as a series of one value, some as a total. */
export function insightsBy(
  metricOf: Readonly<Record<string, MetricName>>,
): (body: unknown) => PostMetrics['values'] {
  return (body) => {
    const values: Partial<Record<MetricName, number>> = {};
    for (const row of listAt(body, 'data') ?? []) {
      const name = metricOf[textAt(row, 'name') ?? ''];
      const value = numberAt(row, 'values', 0, 'value') ?? numberAt(row, 'total_value', 'value');
      if (name !== undefined && value !== null) values[name] = value;
    }
    return values;
  };
}

/** The cap on posts rolls, and when the oldest leaves it is not told: an hour later it is asked again. */
const askAgainMs = 60 * 60_000;

/** What is left of the posts of a day; nothing where the answer does not say. */
export function readQuota(body: unknown, now: Date): LimitReading[] {
  const row = recordAt(body, 'data', 0);
  const used = numberAt(row, 'quota_usage');
  const total = numberAt(row, 'config', 'quota_total');
  if (used === null || total === null) return [];
  const resetAt = new Date(now.getTime() + askAgainMs);
  return [{ limit: 'posts', remaining: Math.max(0, total - used), resetAt, certain: true }];
}
