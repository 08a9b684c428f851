/** What the rule allows, as far as it can be told. */
export type Limit = number | string | string[];

type Remedy = (limit: string) => string;

const REMEDIES: Readonly<Record<string, Remedy>> = {
  required: () => 'Send this field.',
  isDefined: () => 'Send this field.',
  isNotEmpty: () => 'Do not leave it empty.',
  isString: () => 'Send text.',
  isNumber: () => 'Send a number.',
  isInt: () => 'Send a whole number.',
  isPositive: () => 'Send a number above 0.',
  isBoolean: () => 'Send true or false.',
  isArray: () => 'Send a list.',
  isObject: () => 'Send an object.',
  nestedValidation: () => 'Send an object, or a list of objects.',
  isUuid: () => 'Send a UUID.',
  isUrl: () => 'Send an absolute URL with http or https.',
  isEmail: () => 'Send an e-mail address.',
  isIso8601: () => 'Send a date and time like 2026-12-24T18:00:00Z.',
  isDateString: () => 'Send a date and time like 2026-12-24T18:00:00Z.',
  matches: (limit) => `Send text of the form ${limit}.`,
  isIn: (limit) => `Use one of: ${limit}.`,
  isEnum: (limit) => `Use one of: ${limit}.`,
  min: (limit) => `Send at least ${limit}.`,
  max: (limit) => `Send at most ${limit}.`,
  maxLength: (limit) => `Shorten it to at most ${limit} characters.`,
  minLength: (limit) => `Send at least ${limit} characters.`,
  isLength: (limit) => `Send a text of ${limit} characters.`,
  arrayMaxSize: (limit) => `Send at most ${limit} items.`,
  arrayMinSize: (limit) => `Send at least ${limit} items.`,
  arrayNotEmpty: () => 'Send at least one item.',
  arrayUnique: () => 'Send each item only once.',
  unknown_field: (limit) => (limit === '' ? 'Remove this field.' : `Remove this field. Known are: ${limit}.`),
};

/** Rules about the kind of value; when one is broken the others say nothing new. */
export const TYPE_RULES = [
  'isString',
  'isNumber',
  'isInt',
  'isBoolean',
  'isArray',
  'isObject',
  'nestedValidation',
];

/** Rules that count something, so that the count is what was sent. */
export const LENGTH_RULES = [
  'maxLength',
  'minLength',
  'isLength',
  'arrayMaxSize',
  'arrayMinSize',
  'arrayNotEmpty',
];

/** One sentence for a person. */
export function remedyFor(rule: string, limit: Limit | undefined): string {
  const text = Array.isArray(limit) ? limit.join(', ') : String(limit ?? '');
  return REMEDIES[rule]?.(text) ?? 'Send a value that fulfils this rule.';
}
