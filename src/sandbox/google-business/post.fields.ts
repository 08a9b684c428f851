import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import { badRequest, invalidField } from './google.errors.js';

/** One object of a post as it was sent, read by type: what is of another type is refused as the reading of the JSON does. */
export class PostFields {
  constructor(
    readonly object: JsonObject,
    readonly path = '',
  ) {}

  has(name: string): boolean {
    return this.object[name] !== undefined;
  }

  text(name: string): string | null {
    return this.read(name, 'TYPE_STRING', (value): value is string => typeof value === 'string');
  }

  whole(name: string): number | null {
    return this.read(name, 'TYPE_INT32', (value): value is number => Number.isInteger(value));
  }

  nested(name: string): PostFields | null {
    const value = this.read(name, 'message', isJsonObject);
    return value === null ? null : new PostFields(value, this.at(name));
  }

  list(name: string): PostFields[] {
    const is = (value: JsonValue): value is JsonObject[] => Array.isArray(value) && value.every(isJsonObject);
    const items = this.read(name, 'list', is) ?? [];
    return items.map((item, index) => new PostFields(item, `${this.at(name)}[${index}]`));
  }

  required<T>(name: string, value: T | null): T {
    if (value === null || value === '') throw invalidField(this.at(name), 'Required field is missing');
    return value;
  }

  oneOf(name: string, known: readonly string[]): string | null {
    const value = this.text(name);
    if (value === null || known.includes(value)) return value;
    throw badRequest(this.at(name), `Invalid value at '${this.at(name)}' (TYPE_ENUM), "${value}"`);
  }

  webAddress(name: string): string | null {
    const value = this.text(name);
    if (value === null || (URL.canParse(value) && /^https?:/.test(value))) return value;
    throw invalidField(this.at(name), 'Must be a valid URL', value);
  }

  at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  private read<T extends JsonValue>(
    name: string,
    type: string,
    is: (value: JsonValue) => value is T,
  ): T | null {
    const value = this.object[name];
    if (value === undefined || value === null) return null;
    if (is(value)) return value;
    const shown = JSON.stringify(value).slice(0, 100);
    throw badRequest(this.at(name), `Invalid value at 'local_post.${this.at(name)}' (${type}), ${shown}`);
  }
}
