import { parseBody } from './body.parser.js';
import { undeclaredFields } from './field.paths.js';
import type { BodySpec, Operation } from './operation.js';
import type { RequestBody } from './request.js';
import type { UnexpectedKind } from './unexpected.log.js';

export interface Finding {
  readonly what: UnexpectedKind;
  readonly detail: string;
}

export interface IncomingParts {
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** What any HTTP client sends by itself; the last two are added by Node's own fetch. */
const TRANSPORT_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'accept',
  'accept-encoding',
  'user-agent',
  'content-type',
  'authorization',
  'accept-language',
  'sec-fetch-mode',
]);

const BROWSER_HEADERS =
  /^(cookie|origin|referer|cache-control|pragma|dnt|priority|upgrade-insecure-requests|if-none-match|if-modified-since|sec-.+)$/;

/** Reads the body and names everything that the operation does not declare. */
export async function inspect(
  operation: Operation,
  parts: IncomingParts,
): Promise<{ body: RequestBody; findings: readonly Finding[] }> {
  const parsed = await parseBody(operation, parts.bytes, parts.headers['content-type'] ?? '');
  const findings = [...queryFindings(operation, parts.query), ...headerFindings(operation, parts.headers)];
  if ('problem' in parsed) {
    return { body: { kind: 'none' }, findings: [...findings, { what: 'body', detail: parsed.problem }] };
  }
  return { body: parsed.body, findings: [...findings, ...bodyFindings(parsed.body, parsed.spec)] };
}

function queryFindings(operation: Operation, query: URLSearchParams): Finding[] {
  const names = new Set(query.keys());
  return [...names]
    .filter((name) => !(operation.query ?? []).includes(name))
    .map((detail) => ({ what: 'query', detail }));
}

function headerFindings(operation: Operation, headers: Readonly<Record<string, string>>): Finding[] {
  return Object.keys(headers)
    .filter((name) => !TRANSPORT_HEADERS.has(name) && !(operation.headers ?? []).includes(name))
    .filter((name) => !(operation.browser === true && BROWSER_HEADERS.test(name)))
    .map((detail) => ({ what: 'header', detail }));
}

function bodyFindings(body: RequestBody, spec: BodySpec | null): Finding[] {
  if (spec === null || spec.kind === 'raw' || body.kind === 'none' || body.kind === 'raw') return [];
  const findings: Finding[] = undeclaredFields(body.value, spec.fields).map((detail) => ({
    what: 'field',
    detail,
  }));
  if (body.kind !== 'multipart' || spec.kind !== 'multipart' || spec.files.includes('*')) return findings;
  const strangers = body.files.filter((file) => !spec.files.includes(file.field));
  return [...findings, ...strangers.map((file): Finding => ({ what: 'file', detail: file.field }))];
}
