export function percentile(values: readonly number[], share: number): number;
export function median(values: readonly number[]): number;
export function rounded(value: number): number;
export function spreadOf(values: readonly number[]): { p50: number; p95: number; p99: number; count: number };
export function medianRatio(pairs: readonly { ours: number; floor: number }[]): number;
export function meets(measured: number, bar: { atMost?: number; atLeast?: number }): boolean;
