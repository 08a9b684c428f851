import type { JsonObject } from '../core/json.js';
import type { SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { pageSizeOf } from './api.operation.js';
import { listing } from './resource.js';
import { badParameter } from './youtube.errors.js';

/** A page of a list, and the token of the one behind it. */
export function paged(kind: string, views: JsonObject[], request: SandboxRequest): SandboxResponse {
  const size = pageSizeOf(request);
  const token = request.query.get('pageToken');
  const from = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8'));
  if (!Number.isInteger(from) || from < 0) throw badParameter('pageToken', 'The page token is invalid.');
  const next = from + size < views.length ? Buffer.from(String(from + size)).toString('base64url') : null;
  return json(200, listing(kind, views.slice(from, from + size), views.length, next));
}
