/**
 * The smallest value that at least this share of the values does not exceed (nearest rank).
 * @param {readonly number[]} values
 * @param {number} share from 0 to 1
 */
export function percentile(values, share) {
  if (values.length === 0) throw new Error('No values: nothing was measured.');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** @param {readonly number[]} values */
export const median = (values) => percentile(values, 0.5);

/**
 * As a number of the report: three significant digits are more than the machine can repeat.
 * @param {number} value
 */
export const rounded = (value) => Number(value.toPrecision(3));

/**
 * @param {readonly number[]} values
 * @returns {{ p50: number, p95: number, p99: number, count: number }}
 */
export function spreadOf(values) {
  const at = (share) => rounded(percentile(values, share));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: values.length };
}

/**
 * Ratios of pairs that were measured side by side: the median hardly feels a noisy pair.
 * @param {readonly { ours: number, floor: number }[]} pairs
 */
export const medianRatio = (pairs) => rounded(median(pairs.map(({ ours, floor }) => ours / floor)));

/**
 * How a measured value stands to its bar.
 * @param {number} measured
 * @param {{ atMost?: number, atLeast?: number }} bar
 */
export function meets(measured, { atMost = Infinity, atLeast = -Infinity }) {
  return measured <= atMost && measured >= atLeast;
}
