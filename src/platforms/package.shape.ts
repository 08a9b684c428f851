import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { Ajv } from 'ajv';
import type { PlatformConfigSpec } from '../common/config/index.js';
import { connectorKeyOf, isRecord, publisherKeyOf } from './core/index.js';

/** What `src/platforms/index.ts` lists of a platform that is built in. */
export interface PackagedPlatform {
  readonly module: Type<object>;
  readonly configSpec: PlatformConfigSpec;
}

/** What is wrong with a package, and what its author or whoever installs it can do. */
export class PackageProblem extends Error {
  override readonly name = 'PackageProblem';

  constructor(
    problem: string,
    readonly remedy: string,
  ) {
    super(problem);
  }
}

const text = { type: 'string', minLength: 1 };

const validate = new Ajv({ allErrors: true }).compile<PlatformConfigSpec>({
  type: 'object',
  additionalProperties: false,
  required: ['key', 'hosts'],
  properties: {
    key: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    hosts: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['label', 'defaultUrl'],
        properties: {
          label: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
          defaultUrl: { type: 'string', pattern: '^https?://' },
        },
      },
    },
    apiVersion: text,
    sunsets: {
      type: 'object',
      additionalProperties: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' },
    },
    credentials: { type: 'boolean' },
    appFields: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'doc', 'secret'],
        properties: {
          name: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' },
          doc: text,
          secret: { type: 'boolean' },
        },
      },
    },
  },
});

const described = 'See "As an npm package" in src/platforms/README.md';

/** @throws PackageProblem by the first rule that what the package answered breaks. */
export function readPlatform(answer: unknown): PackagedPlatform {
  if (!isRecord(answer) || !('module' in answer) || !('configSpec' in answer)) {
    throw new PackageProblem('does not answer an object with module and configSpec', described);
  }
  const { module, configSpec } = answer;
  if (!validate(configSpec)) {
    const problems = (validate.errors ?? []).map(
      ({ instancePath, message }) => `configSpec${instancePath} ${message ?? 'is wrong'}`,
    );
    throw new PackageProblem(
      `answers a configSpec that is none: ${problems.join(', ')}`,
      'Write it as src/platforms/telegram/telegram.config.ts does',
    );
  }
  if (!isModule(module)) {
    throw new PackageProblem(
      'answers a module that is no class with @Module of the kit',
      'Apply kit.nest.Module({ imports, providers }) to the class, and answer the class',
    );
  }
  assertPair(module, configSpec.key);
  return { module, configSpec };
}

function isModule(value: unknown): value is Type<object> {
  return typeof value === 'function' && Reflect.hasMetadata('providers', value);
}

/** Nest would boot without them, and the platform would be configured but not there. */
function assertPair(module: Type<object>, key: string): void {
  const listed: unknown = Reflect.getMetadata('providers', module);
  const providers: readonly unknown[] = Array.isArray(listed) ? listed : [];
  for (const [decorator, keyOf] of [
    ['PlatformPublisher', publisherKeyOf],
    ['PlatformConnector', connectorKeyOf],
  ] as const) {
    if (providers.some((provider) => typeof provider === 'function' && keyOf(provider) === key)) continue;
    throw new PackageProblem(
      `answers a module that provides no class with @${decorator}('${key}') of the kit`,
      `Apply kit.core.${decorator}('${key}') to a class, and list the class in the providers of the module`,
    );
  }
}
