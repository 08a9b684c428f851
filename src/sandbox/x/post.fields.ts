import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import { invalid } from './x.errors.js';

/** One object of a request, read by type: what is of another type is refused as X's validation does. */
export class PostFields {
  constructor(
    private readonly object: JsonObject,
    private readonly path = '$',
  ) {}

  has(key: string): boolean {
    return this.object[key] !== undefined;
  }

  text(key: string): string | undefined {
    return this.read(key, (value): value is string => typeof value === 'string', 'string');
  }

  flag(key: string): boolean | undefined {
    return this.read(key, (value): value is boolean => typeof value === 'boolean', 'boolean');
  }

  whole(key: string): number | undefined {
    return this.read(key, (value): value is number => Number.isInteger(value), 'integer');
  }

  id(key: string): string | undefined {
    const value = this.text(key);
    if (value !== undefined && !isId(value))
      throw invalid(`${this.path}.${key}: does not match ^[0-9]{1,19}$`);
    return value;
  }

  texts(key: string): string[] | undefined {
    const value = this.read(key, (one): one is JsonValue[] => Array.isArray(one), 'array');
    return value?.map((item, index) => {
      if (typeof item !== 'string') throw invalid(`${this.path}.${key}[${index}]: string expected`);
      return item;
    });
  }

  ids(key: string): string[] | undefined {
    const values = this.texts(key);
    const wrong = values?.findIndex((value) => !isId(value)) ?? -1;
    if (wrong >= 0) throw invalid(`${this.path}.${key}[${wrong}]: does not match ^[0-9]{1,19}$`);
    return values;
  }

  nested(key: string): PostFields | undefined {
    const value = this.read(key, isJsonObject, 'object');
    return value === undefined ? undefined : new PostFields(value, `${this.path}.${key}`);
  }

  required<T>(key: string, value: T | undefined): T {
    if (value === undefined) throw invalid(`${this.path}.${key}: is missing but it is required`);
    return value;
  }

  private read<T extends JsonValue>(
    key: string,
    is: (value: JsonValue) => value is T,
    what: string,
  ): T | undefined {
    const value = this.object[key];
    if (value === undefined) return undefined;
    if (!is(value)) throw invalid(`${this.path}.${key}: ${kindOf(value)} found, ${what} expected`);
    return value;
  }
}

function isId(value: string): boolean {
  return /^[0-9]{1,19}$/.test(value);
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
