import { getMetadataStorage } from 'class-validator';
import { type Violation } from '../errors/index.js';
import { isSecretName, redactText } from '../logging/index.js';
import { LENGTH_RULES, type Limit, remedyFor, TYPE_RULES } from './validation.remedies.js';

/** As much of a ValidationError of class-validator as is needed. */
export interface InvalidProperty {
  readonly property: string;
  readonly target?: object | undefined;
  readonly value?: unknown;
  readonly constraints?: Readonly<Record<string, string>> | undefined;
  readonly contexts?: Readonly<Record<string, unknown>> | undefined;
  readonly children?: readonly InvalidProperty[] | undefined;
}

/** What a rule may say about itself, as `context` of its decorator. */
export interface RuleContext {
  readonly remedy?: string;
  readonly limit?: Limit;
}

const ACTUAL_LENGTH = 100;

/** The tree of class-validator as a flat list with JSON pointers. */
export function violationsOf(errors: readonly InvalidProperty[], parent = ''): Violation[] {
  return errors.flatMap((error) => {
    const pointer = error.target === undefined && parent === '' ? '' : `${parent}/${escape(error.property)}`;
    const own = rulesOf(error).map(([rule, message]) => violationOf(error, { pointer, rule, message }));
    return [...own, ...violationsOf(error.children ?? [], pointer)];
  });
}

/** `~` and `/` have a meaning in a JSON pointer. */
function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Of several broken rules only those that help: what is missing is missing, what is no text has no length. */
function rulesOf(error: InvalidProperty): [rule: string, message: string][] {
  const broken = Object.entries(error.constraints ?? {});
  const [first] = broken;
  if (first === undefined) return [];
  const unknown = broken.find(([rule]) => rule === 'whitelistValidation');
  if (unknown !== undefined) return [['unknown_field', `"${error.property}" is not a field of this.`]];
  if (error.value === undefined && error.target !== undefined)
    return [['required', `${error.property} is missing.`]];
  const type = broken.find(([rule]) => TYPE_RULES.includes(rule));
  return type === undefined ? broken : [type];
}

function violationOf(
  error: InvalidProperty,
  found: { pointer: string; rule: string; message: string },
): Violation {
  const context = contextOf(error, found.rule);
  const limit = context.limit ?? limitOf(error, found.rule);
  const actual = actualOf(error, found.rule);
  return {
    ...found,
    ...(limit === undefined ? {} : { limit }),
    ...(actual === undefined ? {} : { actual }),
    remedy: context.remedy ?? remedyFor(found.rule, limit),
  };
}

function contextOf(error: InvalidProperty, rule: string): RuleContext {
  const context = error.contexts?.[rule];
  return typeof context === 'object' && context !== null ? context : {};
}

function limitOf(error: InvalidProperty, rule: string): Limit | undefined {
  if (error.target === undefined) return undefined;
  const rules = getMetadataStorage().getTargetValidationMetadatas(error.target.constructor, '', true, false);
  if (rule === 'unknown_field') return [...new Set(rules.map(({ propertyName }) => propertyName))].sort();
  const metadata = rules.find(({ name, propertyName }) => name === rule && propertyName === error.property);
  const constraints: readonly unknown[] = metadata?.constraints ?? [];
  const [first, second] = constraints;
  if (rule === 'isLength')
    return typeof second === 'number' ? `${String(first)} to ${second}` : `${String(first)} or more`;
  if (rule === 'isEnum') return listed(second);
  return typeof first === 'number' || typeof first === 'string' ? first : (patternOf(first) ?? listed(first));
}

function patternOf(value: unknown): string | undefined {
  return value instanceof RegExp ? value.source : undefined;
}

function listed(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}

function actualOf({ property, value }: InvalidProperty, rule: string): number | string | undefined {
  if (rule === 'required' || rule === 'unknown_field' || isSecretName(property)) return undefined;
  if (LENGTH_RULES.includes(rule)) return lengthOf(value);
  if (typeof value === 'string') return redactText(value).slice(0, ACTUAL_LENGTH);
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || value === null) return String(value);
  return Array.isArray(value) ? 'list' : typeof value;
}

function lengthOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'string' ? Array.from(value).length : undefined;
}
