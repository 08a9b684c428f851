import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isRecord, listAt, recordAt, textAt } from '../../../src/platforms/core/index.js';
import type { SandboxRequest } from '../../../src/sandbox/core/request.js';
import type { SandboxResponse } from '../../../src/sandbox/core/response.js';

type Json = Record<string, unknown>;

interface Found {
  readonly pointer: string;
  readonly item: Json;
  readonly operation: Json;
  readonly given: Readonly<Record<string, string>>;
}

/** Compares requests and answers with an OpenAPI 3.0 document of somebody else. */
export class OpenApiCheck {
  private readonly ajv: Ajv;
  /** Query, path and form: everything comes as text. */
  private readonly coercing: Ajv;
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly base: string;

  constructor(private readonly document: object) {
    const options = { strict: false, allErrors: true, validateSchema: false, logger: false } as const;
    const schema = draft07(structuredClone(document));
    [this.ajv, this.coercing] = [new Ajv(options), new Ajv({ ...options, coerceTypes: 'array' })];
    for (const ajv of [this.ajv, this.coercing]) {
      addFormats.default(ajv);
      ajv.addSchema(schema, 'api');
    }
    const url = textAt((listAt(document, 'servers') ?? [])[0], 'url') ?? '';
    this.base = URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, '') : url.replace(/\/+$/, '');
  }

  /** What is wrong with a request; empty: nothing. */
  request(request: SandboxRequest): string[] {
    const found = this.find(request);
    if (found === null) return [`${request.method} ${request.path} is not described`];
    return [...this.parameters(found, request), ...this.body(found, request)];
  }

  /** What is wrong with the answer to a request. */
  answer(request: SandboxRequest, { status, headers, body }: SandboxResponse): string[] {
    const found = this.find(request);
    if (found === null) return [];
    const responses = recordAt(found.operation, 'responses') ?? {};
    const name = String(status) in responses ? String(status) : 'default';
    if (!(name in responses)) return [`answers ${status}, which is not described`];
    const at = this.resolve(responses[name], `${found.pointer}/responses/${name}`);
    const content = recordAt(at.value, 'content') ?? {};
    const type = typeIn(content, headers['content-type']);
    if (type === null || !type.includes('json')) return [];
    const value: unknown = JSON.parse(body.toString('utf8'));
    return this.validate(this.ajv, `${at.pointer}/content/${escape(type)}/schema`, value).map(
      (what) => `answers ${status}: ${what}`,
    );
  }

  private parameters({ pointer, item, operation, given }: Found, request: SandboxRequest): string[] {
    const parameters = [
      ...(listAt(item, 'parameters') ?? []).map((value, index) => ({
        value,
        pointer: `${pointer.slice(0, pointer.lastIndexOf('/'))}/parameters/${index}`,
      })),
      ...(listAt(operation, 'parameters') ?? []).map((value, index) => ({
        value,
        pointer: `${pointer}/parameters/${index}`,
      })),
    ].map((one) => this.resolve(one.value, one.pointer));
    const known = parameters.map(({ value }) => textAt(value, 'name') ?? '');
    const strangers = [...request.query.keys()].filter((name) => !known.includes(name));
    const wrong = parameters.flatMap((parameter) => this.parameter(parameter, request, given));
    return [...strangers.map((name) => `has a query parameter ${name} that is not described`), ...wrong];
  }

  private parameter(
    { value, pointer }: { value: unknown; pointer: string },
    { query }: SandboxRequest,
    given: Readonly<Record<string, string>>,
  ): string[] {
    const name = textAt(value, 'name') ?? '';
    const where = textAt(value, 'in');
    if (where !== 'query' && where !== 'path') return [];
    const texts = where === 'path' ? [given[name] ?? ''] : query.getAll(name);
    const [first] = texts;
    if (first === undefined) {
      return isRecord(value) && value['required'] === true ? [`lacks the parameter ${name}`] : [];
    }
    const schema = this.resolve(recordAt(value, 'schema'), `${pointer}/schema`);
    const isList = textAt(schema.value, 'type') === 'array';
    const joined = isRecord(value) && value['explode'] === false;
    const read = isList ? (joined ? first.split(',') : texts) : first;
    return this.validate(this.coercing, `${pointer}/schema`, read).map(
      (what) => `parameter ${name}: ${what}`,
    );
  }

  private body({ pointer, operation }: Found, { headers, body }: SandboxRequest): string[] {
    const wanted = this.resolve(recordAt(operation, 'requestBody'), `${pointer}/requestBody`);
    if (body.kind === 'none') {
      return isRecord(wanted.value) && wanted.value['required'] === true ? ['lacks its body'] : [];
    }
    const content = recordAt(wanted.value, 'content') ?? {};
    const type = typeIn(content, headers['content-type']);
    if (type === null)
      return [`has a body of ${headers['content-type'] ?? 'no type'}, which is not described`];
    if (body.kind === 'raw') return [];
    const files = body.kind === 'multipart' ? body.files.map(({ field }) => [field, 'bytes']) : [];
    const value: unknown =
      body.kind === 'json'
        ? structuredClone(body.value)
        : { ...structuredClone(body.value), ...Object.fromEntries(files) };
    const ajv = body.kind === 'json' ? this.ajv : this.coercing;
    return this.validate(ajv, `${wanted.pointer}/content/${escape(type)}/schema`, value).map(
      (what) => `body${what}`,
    );
  }

  private find({ method, path }: SandboxRequest): Found | null {
    const paths = recordAt(this.document, 'paths') ?? {};
    const candidates = Object.entries(paths).flatMap(([template, item]) => {
      const operation = recordAt(item, method.toLowerCase());
      const given = match(`${this.base}${template}`, path);
      if (!isRecord(item) || operation === null || given === null) return [];
      return [{ pointer: `#/paths/${escape(template)}/${method.toLowerCase()}`, item, operation, given }];
    });
    // A literal segment is nearer than a parameter.
    return candidates.sort((a, b) => Object.keys(a.given).length - Object.keys(b.given).length)[0] ?? null;
  }

  private resolve(value: unknown, pointer: string): { value: unknown; pointer: string } {
    const ref = textAt(value, '$ref');
    if (ref === null) return { value, pointer };
    const steps = ref.slice(2).split('/').map(unescape);
    const found = steps.reduce<unknown>(
      (node, step) => (isRecord(node) ? node[step] : undefined),
      this.document,
    );
    return this.resolve(found, ref);
  }

  private validate(ajv: Ajv, pointer: string, value: unknown): string[] {
    const key = `${ajv === this.ajv ? 'as it is' : 'coerced'} ${pointer}`;
    const reference = `api${encodeURI(pointer).replaceAll('%25', '%')}`;
    const validator =
      this.validators.get(key) ?? ajv.compile({ type: 'object', properties: { it: { $ref: reference } } });
    this.validators.set(key, validator);
    if (validator({ it: value })) return [];
    return (validator.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath.replace(/^\/it/, '')} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }
}

/** The values of the placeholders; null: it is another path. */
function match(template: string, path: string): Record<string, string> | null {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const pattern = template
    .split(/\{[^}]+\}/)
    .map((literal) => literal.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&'))
    .join('([^/]+)');
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (found === null) return null;
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]));
}

/** The described type that the header names, parameters left out. */
function typeIn(content: Json, header: string | undefined): string | null {
  const [given = ''] = (header ?? '').split(';');
  const types = Object.keys(content);
  return (
    types.find((type) => type === given.trim().toLowerCase()) ?? types.find((type) => type === '*/*') ?? null
  );
}

/**
 * OpenAPI 3.0 says with `true` that a bound is excluded, JSON Schema with the bound itself; and what may be null has no type
 * there when it is composed of others.
 */
function draft07(node: unknown): object {
  visit(node);
  return isRecord(node) ? node : {};
}

function visit(node: unknown): void {
  if (Array.isArray(node)) return node.forEach(visit);
  if (!isRecord(node)) return;
  Object.values(node).forEach(visit);
  for (const [excluded, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof node[excluded] !== 'boolean') continue;
    const { [bound]: value, [excluded]: isExcluded } = node;
    Reflect.deleteProperty(node, excluded);
    if (isExcluded === true) Object.assign(node, { [excluded]: value });
  }
  if (node['nullable'] === true && node['type'] === undefined) {
    const { nullable: _, ...rest } = node;
    for (const name of Object.keys(node)) Reflect.deleteProperty(node, name);
    Object.assign(node, { anyOf: [{ type: 'null' }, rest] });
  }
}

const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
const unescape = (step: string): string =>
  decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
