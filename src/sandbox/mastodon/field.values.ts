import { describeJson, type JsonObject } from '../core/json.js';

/** Fields come as JSON values or as the strings of a form; these read both. */
export function textOf(fields: JsonObject, key: string): string | undefined {
  const value = fields[key];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

export function flagOf(fields: JsonObject, key: string): boolean {
  const value = fields[key];
  return value === true || value === 'true' || value === '1';
}

export function listOf(fields: JsonObject, key: string): string[] {
  const value = fields[key];
  return Array.isArray(value) ? value.map((item) => describeJson(item)) : [];
}
