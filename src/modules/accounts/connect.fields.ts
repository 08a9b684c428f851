import { ValidationFailedError, type Violation } from '../../common/errors/index.js';
import type { ConnectField } from '../../platforms/core/index.js';

type Given = Readonly<Record<string, unknown>>;

/**
 * The values of a form as a connector takes them: texts, defaults applied, empty ones left out. What a value means is for
 * the connector to check.
 * @param pointer where the values stand in the request: `/fields`, `/credentials`
 * @throws ValidationFailedError with everything that is wrong.
 */
export function readFields(
  fields: readonly ConnectField[],
  given: Given,
  pointer: string,
): Record<string, string> {
  const known = new Set(fields.map(({ name }) => name));
  const violations = Object.keys(given)
    .filter((name) => !known.has(name))
    .map((name) => unknownField(`${pointer}/${name}`, [...known]));
  const values: Record<string, string> = {};
  for (const field of fields) {
    const value = readValue(field, given);
    const violation = checkValue(field, value, `${pointer}/${field.name}`);
    if (violation !== null) violations.push(violation);
    else if (value !== null && value !== '') values[field.name] = value;
  }
  if (violations.length > 0) throw new ValidationFailedError(violations);
  return values;
}

/** Null: not something that can stand in a form. */
function readValue(field: ConnectField, given: Given): string | null {
  const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
  if (value === undefined || value === null || value === '') return field.default ?? '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const isList = field.type === 'list' && Array.isArray(value);
  return isList && value.every((item) => typeof item === 'string') ? value.join('\n') : null;
}

function checkValue(field: ConnectField, value: string | null, pointer: string): Violation | null {
  if (value === null) {
    return {
      pointer,
      rule: 'field_type',
      message: `"${field.label}" cannot be read.`,
      remedy: field.type === 'list' ? 'Send a list of texts, or one text.' : 'Send a text.',
    };
  }
  if (value === '') return field.required ? missing(field, pointer) : null;
  if (field.type === 'number' && !/^-?\d+(\.\d+)?$/.test(value)) {
    return { pointer, rule: 'number', message: `"${field.label}" is no number.`, remedy: 'Send a number.' };
  }
  if (field.options !== undefined && !field.options.includes(value)) {
    return {
      pointer,
      rule: 'option',
      message: `"${field.label}" is none of the options.`,
      limit: [...field.options],
      remedy: 'Send one of the options.',
    };
  }
  return null;
}

function missing(field: ConnectField, pointer: string): Violation {
  return {
    pointer,
    rule: 'required',
    message: `"${field.label}" is missing.`,
    remedy: field.help === '' ? 'Send a value for it.' : field.help,
  };
}

function unknownField(pointer: string, known: string[]): Violation {
  return {
    pointer,
    rule: 'unknown_field',
    message: 'There is no such field.',
    limit: known,
    remedy: 'Remove it. GET /api/v1/platforms lists the fields of each platform.',
  };
}
