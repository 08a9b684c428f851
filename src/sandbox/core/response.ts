import type { JsonValue } from './json.js';

export interface SandboxResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether the call created or changed something. Default: any status below 400 of a call that is not a GET. */
  readonly accepted?: boolean;
}

export type Headers = Readonly<Record<string, string>>;

export function json(status: number, value: JsonValue, headers: Headers = {}): SandboxResponse {
  const body = Buffer.from(JSON.stringify(value));
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

/** JSON that is written already: ids of 64 bits as bare numbers, which JSON.stringify cannot write. */
export function jsonText(status: number, written: string, headers: Headers = {}): SandboxResponse {
  const body = Buffer.from(written);
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

export function html(status: number, markup: string, headers: Headers = {}): SandboxResponse {
  const body = Buffer.from(markup);
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body };
}

export function text(status: number, value: string, headers: Headers = {}): SandboxResponse {
  const body = Buffer.from(value);
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

export function bytes(status: number, body: Buffer, contentType: string): SandboxResponse {
  return { status, headers: { 'content-type': contentType }, body };
}

export function redirect(location: string): SandboxResponse {
  return { status: 302, headers: { location }, body: Buffer.alloc(0) };
}

export function empty(status: number, headers: Headers = {}): SandboxResponse {
  return { status, headers, body: Buffer.alloc(0) };
}

/** The same answer, with the mark whether the call created or changed something. */
export function accepted(response: SandboxResponse, value: boolean): SandboxResponse {
  return { ...response, accepted: value };
}

export function withHeaders(response: SandboxResponse, headers: Headers): SandboxResponse {
  return { ...response, headers: { ...response.headers, ...headers } };
}

/** Thrown anywhere inside a handler: the platform's answer to a request that it refuses. */
export class Refusal extends Error {
  constructor(readonly response: SandboxResponse) {
    super(`refused with ${response.status}`);
  }
}
