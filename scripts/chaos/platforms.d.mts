import type { Evidence } from './evidence.mjs';

export interface Standing {
  readonly platform: string;
  readonly asked: number;
  readonly published: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly 'failed but live': number;
  readonly unconfirmed: number;
  readonly incomplete: number;
  readonly open: number;
}

export function comparePlatforms(
  database: { read(sql: string, parameters: unknown[]): Promise<Record<string, unknown>[]> },
  evidence: Evidence,
): Promise<{ rows: Standing[]; problems: string[]; suspects: string[] }>;
