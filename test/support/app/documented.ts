import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isRecord, recordAt } from '../../../src/platforms/core/index.js';

type Json = Record<string, unknown>;

/** Compares requests and answers with the OpenAPI document; what the document does not name must not be there. */
export class Documented {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly paths: readonly { readonly pattern: RegExp; readonly item: Json }[];

  constructor(document: object) {
    addFormats.default(this.ajv);
    const closed = close(structuredClone(document));
    this.ajv.addSchema(closed, 'api');
    this.paths = Object.entries(recordAt(closed, 'paths') ?? {}).map(([template, item]) => ({
      pattern: new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
      item: isRecord(item) ? { ...item, template } : {},
    }));
  }

  /** What is wrong with an answer; empty: nothing. */
  answer(method: string, path: string, status: number, body: unknown): string[] {
    const operation = this.operation(method, path);
    if (operation === null) return status === 404 ? [] : [`${method} ${path} is not documented`];
    const responses = recordAt(operation.value, 'responses') ?? {};
    const name = String(status) in responses ? String(status) : 'default';
    const pointer = `${operation.pointer}/responses/${name}`;
    const content = contentOf(responses[name], this.responseOf(responses[name]));
    if (content === null)
      return body === undefined ? [] : [`${method} ${path} ${status} has no documented body`];
    return this.validate(`${content.pointer ?? pointer}/content/${escape(content.type)}/schema`, body);
  }

  /** What is wrong with the body of a request. */
  request(method: string, path: string, body: unknown): string[] {
    const operation = this.operation(method, path);
    if (operation === null) return [`${method} ${path} is not documented`];
    return this.validate(`${operation.pointer}/requestBody/content/application~1json/schema`, body);
  }

  private operation(method: string, path: string): { pointer: string; value: Json } | null {
    const [plain = ''] = path.split('?');
    // A literal segment is nearer than a parameter.
    const found = this.paths
      .filter(({ pattern, item }) => pattern.test(plain) && recordAt(item, method.toLowerCase()) !== null)
      .sort((a, b) => parametersOf(a.item) - parametersOf(b.item))[0];
    const value = recordAt(found?.item, method.toLowerCase());
    if (found === undefined || value === null) return null;
    const template = String(found.item['template']);
    return { pointer: `#/paths/${escape(template)}/${method.toLowerCase()}`, value };
  }

  private responseOf(response: unknown): string | null {
    const ref = isRecord(response) ? response['$ref'] : null;
    return typeof ref === 'string' ? ref : null;
  }

  private validate(pointer: string, body: unknown): string[] {
    const validator =
      this.validators.get(pointer) ??
      this.ajv.compile({ $ref: `api${encodeURI(pointer).replaceAll('%25', '%')}` });
    this.validators.set(pointer, validator);
    if (validator(body)) return [];
    return (validator.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }
}

function contentOf(response: unknown, ref: string | null): { type: string; pointer: string | null } | null {
  if (ref !== null) return { type: 'application/problem+json', pointer: ref };
  const [type] = Object.keys(recordAt(response, 'content') ?? {});
  return type === undefined ? null : { type, pointer: null };
}

const parametersOf = (item: Json): number => String(item['template']).split('{').length;

const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Objects have the properties that are named and no other. */
function close(node: unknown): Json {
  visit(node);
  return isRecord(node) ? node : {};
}

function visit(node: unknown): void {
  if (Array.isArray(node)) {
    node.forEach(visit);
    return;
  }
  if (!isRecord(node)) return;
  Object.values(node).forEach(visit);
  if (node['type'] === 'object' && isRecord(node['properties']) && node['additionalProperties'] === undefined)
    Object.assign(node, { additionalProperties: false });
}
