import { Ajv, type ErrorObject } from 'ajv';
import type { Violation } from '../../common/errors/index.js';
import type { JsonObject } from './json.js';

/** JSON Schema (draft-07 vocabulary) of a platform's per-post settings: validation, OpenAPI and the catalogue read it. */
export interface SettingsSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, JsonObject>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

export type SettingsCheck =
  | { readonly ok: true; readonly settings: JsonObject }
  | { readonly ok: false; readonly violations: Violation[] };

/** What every target may set, whatever its platform. */
const commonSettings: SettingsSchema['properties'] = {
  mediaSelection: {
    type: 'string',
    enum: ['all', 'best-fit'],
    description:
      'What happens to media that the platform does not take together. all: the post is refused; best-fit: the most that fits is kept, and a warning names the rest.',
  },
};

/** The settings of a platform together with those that every target may have. */
export function wholeSettings(schema: SettingsSchema): SettingsSchema {
  return { ...schema, properties: { ...schema.properties, ...commonSettings } };
}

const ajv = new Ajv({ allErrors: true, useDefaults: true, coerceTypes: false, strict: true });
// Names a setting whose values the platform has to be asked for (live-options.ts); it checks nothing by itself.
ajv.addKeyword({ keyword: 'x-live-options', schemaType: 'boolean' });
const compiled = new WeakMap<SettingsSchema, ReturnType<typeof ajv.compile>>();

function validatorOf(schema: SettingsSchema): ReturnType<typeof ajv.compile> {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const validate = ajv.compile(wholeSettings(schema));
  compiled.set(schema, validate);
  return validate;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function violationOf(error: ErrorObject, schema: SettingsSchema): Violation {
  const params: Record<string, unknown> = error.params;
  if (error.keyword === 'additionalProperties') {
    const name = text(params['additionalProperty']);
    return {
      pointer: `/settings${error.instancePath}/${name}`,
      rule: 'unknown_setting',
      message: `This platform has no setting "${name}".`,
      limit: Object.keys(wholeSettings(schema).properties),
      remedy: 'Remove it, or set it on a target of the platform that knows it.',
    };
  }
  const allowed = params['allowedValues'];
  return {
    pointer: `/settings${error.instancePath}`,
    rule: error.keyword,
    message: `The setting ${error.message ?? 'is not valid'}.`,
    ...(Array.isArray(allowed) ? { limit: allowed.map(text) } : {}),
    remedy: 'See the settings of this platform in GET /api/v1/platforms.',
  };
}

/** Checks settings against the platform's schema and fills in its defaults. Pointers start at `/settings`. */
export function checkSettings(schema: SettingsSchema, given: JsonObject): SettingsCheck {
  const settings = structuredClone(given);
  const validate = validatorOf(schema);
  if (validate(settings)) return { ok: true, settings };
  return { ok: false, violations: (validate.errors ?? []).map((error) => violationOf(error, schema)) };
}
