import { type PlatformConfigSpec } from './app.config.js';
import { type ConfigKey, configSchema } from './config.schema.js';
import { listPlatformKeys, platformKeys } from './platform-keys.js';

const HEAD = `# Every variable, with its default. All are optional: Fanfare starts with none of them.
# Generated from the configuration schema; a test compares.
`;

const PLATFORMS = `# Platforms: one block each, KEY is the platform's folder in capitals, "-" as "_".
# PLATFORM_<KEY>_ENABLED=1         0: nothing goes out
# PLATFORM_<KEY>_RATES=            other limits than the platform's known ones: posts=300/3h; none
# PLATFORM_<KEY>_CLIENT_ID=        the app that accounts are connected with
# PLATFORM_<KEY>_CLIENT_SECRET=    its secret
# PLATFORM_<KEY>_API_VERSION=      another than the tested version
# PLATFORM_<KEY>_<HOST>_URL=       another host, for a proxy, a test or the sandbox
`;

/** The text of `.env.example`. With specs it also lists every variable of these platforms. */
export function renderEnvExample(
  schema: Readonly<Record<string, ConfigKey>> = configSchema,
  specs: readonly PlatformConfigSpec[] = [],
): string {
  const platforms = specs.map((spec) =>
    [`# ${spec.key}`, ...listPlatformKeys(platformKeys(spec)).map(lineOf), ''].join('\n'),
  );
  return [HEAD, ...Object.values(schema).map(blockOf), PLATFORMS, ...platforms].join('\n');
}

function blockOf(key: ConfigKey): string {
  return [`# ${key.doc}`, `# Takes: ${key.type.name}`, lineOf(key), ''].join('\n');
}

function lineOf(key: ConfigKey): string {
  return `# ${key.key}=${shown(key.default)}`;
}

function shown(value: unknown): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join(',');
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
