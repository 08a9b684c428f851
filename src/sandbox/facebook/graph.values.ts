import { parseJson, type JsonObject, type JsonValue } from '../core/json.js';
import { invalid } from './facebook.errors.js';

/** Parameters come as JSON or as the strings of a form or query, with what is nested as JSON in a string; these read all of it. */
export function textOf(given: JsonObject, name: string): string | undefined {
  const value = given[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

export function flagOf(given: JsonObject, name: string, unless: boolean): boolean {
  const value = given[name];
  if (value === undefined) return unless;
  return value === true || value === 1 || value === 'true' || value === '1';
}

export function numberOf(given: JsonObject, name: string): number | undefined {
  const text = textOf(given, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw invalid(`Param ${name} must be a number`);
  return value;
}

/** `name=[…]` as JSON, or `name[0]=…` of a form. */
export function listOf(given: JsonObject, name: string): JsonValue[] {
  const value = parsed(given[name], name);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((item) => parsed(item, name) ?? null);
  if (typeof value === 'object') return Object.values(value).map((item) => parsed(item, name) ?? null);
  throw invalid(`Param ${name} must be an array.`);
}

function parsed(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'string') return value;
  try {
    return parseJson(value);
  } catch {
    throw invalid(`Param ${name} must be JSON.`);
  }
}

/** Unix seconds or a date, as milliseconds. */
export function timeOf(given: JsonObject, name: string): number | undefined {
  const text = textOf(given, name);
  if (text === undefined) return undefined;
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (!Number.isFinite(time)) throw invalid(`Param ${name} is no time`);
  return time;
}
