/** The figures that platforms give for a post, under one name each. Not given is left out, never 0. */
export const metricNames = [
  'views',
  'reach',
  'likes',
  'comments',
  'shares',
  'reposts',
  'quotes',
  'saves',
  'clicks',
  'engagements',
] as const;
export type MetricName = (typeof metricNames)[number];

export interface PostMetrics {
  readonly values: Readonly<Partial<Record<MetricName, number>>>;
}
