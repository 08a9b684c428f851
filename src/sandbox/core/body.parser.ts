import { nestFields } from './form.fields.js';
import { parseJson } from './json.js';
import { parseMultipart } from './multipart.parser.js';
import type { BodySpec, Operation } from './operation.js';
import type { RequestBody } from './request.js';

export type ParsedBody =
  { readonly body: RequestBody; readonly spec: BodySpec | null } | { readonly problem: string };

/** Reads the body by the declaration that its content type chooses. */
export async function parseBody(
  operation: Operation,
  bytes: Buffer,
  contentType: string,
): Promise<ParsedBody> {
  const specs = operation.body ?? [];
  if (bytes.length === 0) {
    const none: ParsedBody = { body: { kind: 'none' }, spec: null };
    const emptyIsFine = specs.length === 0 || operation.bodyOptional === true;
    return emptyIsFine ? none : { problem: 'a body is missing' };
  }
  if (specs.length === 0) return { problem: `a body of ${bytes.length} bytes` };
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const spec = specs.find((candidate) => takes(candidate, type));
  if (!spec) return { problem: `content type ${type === '' ? '(none)' : type}` };
  try {
    return { body: await readAs(spec, bytes, contentType), spec };
  } catch (error) {
    return { problem: `malformed ${spec.kind}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function takes(spec: BodySpec, type: string): boolean {
  switch (spec.kind) {
    case 'json':
      return type === 'application/json';
    case 'form':
      return type === 'application/x-www-form-urlencoded';
    case 'multipart':
      return type === 'multipart/form-data';
    case 'raw':
      return spec.contentTypes.some((allowed) => coversType(allowed, type));
  }
}

function coversType(allowed: string, type: string): boolean {
  if (allowed === '*/*') return type !== '';
  return allowed.endsWith('/*') ? type.startsWith(allowed.slice(0, -1)) : type === allowed;
}

async function readAs(spec: BodySpec, bytes: Buffer, contentType: string): Promise<RequestBody> {
  switch (spec.kind) {
    case 'json':
      return { kind: 'json', value: parseJson(bytes.toString('utf8')) };
    case 'form':
      return { kind: 'form', value: nestFields(new URLSearchParams(bytes.toString('utf8'))) };
    case 'multipart':
      return { kind: 'multipart', ...(await parseMultipart(bytes, contentType)) };
    case 'raw':
      return { kind: 'raw', contentType, bytes };
  }
}
