import { undeclaredFields } from '../core/field.paths.js';
import { parseJson, type JsonObject, type JsonValue } from '../core/json.js';
import type { FieldPaths } from '../core/operation.js';
import { fieldsOf, filesOf, type SandboxRequest, type UploadedFile } from '../core/request.js';
import { badRequest } from './telegram.errors.js';

/** The parameters of a method, wherever they were sent: query, JSON, form or multipart. */
export class MethodInput {
  readonly files: readonly UploadedFile[];
  private readonly values: JsonObject;
  private readonly usedFiles = new Set<UploadedFile>();

  constructor(
    request: SandboxRequest,
    private readonly fields: FieldPaths,
    private readonly onUndeclared: (path: string) => void,
  ) {
    this.values = { ...Object.fromEntries(request.query), ...fieldsOf(request) };
    this.files = filesOf(request);
  }

  /** Numbers and booleans count as text, as they do for Telegram. */
  text(name: string): string | undefined {
    const value = this.values[name];
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  flag(name: string): boolean {
    return /^(true|yes|1)$/i.test(this.text(name) ?? '');
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined || value === '') return undefined;
    if (!/^-?\d+$/.test(value)) throw badRequest(`invalid ${name} specified`);
    return Number(value);
  }

  /** An object or a list; outside of a JSON body it comes as JSON text. */
  structure(name: string): JsonValue | undefined {
    const value = this.values[name];
    if (typeof value !== 'string' || value === '') return value === '' ? undefined : value;
    const parsed = parseStructure(name, value);
    for (const path of undeclaredFields({ [name]: parsed }, this.fields)) this.onUndeclared(path);
    return parsed;
  }

  file(name: string): UploadedFile | undefined {
    const file = this.files.find(({ field }) => field === name);
    if (file) this.usedFiles.add(file);
    return file;
  }

  /** Names of uploads that nothing refers to. */
  unusedFiles(): readonly string[] {
    return this.files.filter((file) => !this.usedFiles.has(file)).map(({ field }) => field);
  }
}

function parseStructure(name: string, text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    throw badRequest(`can't parse ${name} JSON object`);
  }
}
