import { type ConfiguredRate, type PlatformConfig, type PlatformConfigSpec } from './app.config.js';
import { type ConfigKey } from './config.schema.js';
import { type EnvReader } from './env.reader.js';
import { flag, rates, text, type ValueType, webUrl } from './value-types.js';

/** The variables of one platform, by what they mean; null for what the platform does not have. */
export interface PlatformKeys {
  readonly enabled: ConfigKey<boolean>;
  readonly rates: ConfigKey<readonly ConfiguredRate[] | null>;
  readonly clientId: ConfigKey<string | null> | null;
  readonly clientSecret: ConfigKey<string | null> | null;
  readonly appExtra: readonly { readonly name: string; readonly key: ConfigKey<string | null> }[];
  readonly apiVersion: ConfigKey<string> | null;
  readonly sunsets: Readonly<Record<string, string>>;
  readonly hosts: readonly { readonly label: string; readonly key: ConfigKey<string> }[];
}

/** `google-x` becomes `PLATFORM_GOOGLE_X_…`. */
export function platformKeys(spec: PlatformConfigSpec): PlatformKeys {
  const key = <T>(part: string, type: ValueType<T>, otherwise: NoInfer<T>, doc: string): ConfigKey<T> => ({
    key: `PLATFORM_${capitals(spec.key)}_${part}`,
    type,
    default: otherwise,
    doc,
    secret: part === 'CLIENT_SECRET',
  });
  const credential = (part: string, doc: string): ConfigKey<string | null> | null =>
    spec.credentials === true ? key<string | null>(part, text, null, doc) : null;
  return {
    enabled: key('ENABLED', flag, true, `Whether anything goes out to ${spec.key}.`),
    rates: key<readonly ConfiguredRate[] | null>(
      'RATES',
      rates,
      null,
      `In place of the limits that ${spec.key} is known for; "none" for no limits.`,
    ),
    clientId: credential('CLIENT_ID', 'The app that accounts are connected with.'),
    clientSecret: credential('CLIENT_SECRET', 'The secret of that app.'),
    appExtra: (spec.appFields ?? []).map(({ name, doc, secret }) => ({
      name,
      key: { ...key<string | null>(constantCase(name), text, null, doc), secret },
    })),
    sunsets: spec.sunsets ?? {},
    apiVersion:
      spec.apiVersion === undefined ? null : key('API_VERSION', text, spec.apiVersion, 'The tested version.'),
    hosts: spec.hosts.map(({ label, defaultUrl }) => ({
      label,
      key: key(`${capitals(label)}_URL`, webUrl, defaultUrl, `Where ${label} is.`),
    })),
  };
}

/** The variables of a platform as a list, in the order of documentation. */
export function listPlatformKeys(keys: PlatformKeys): ConfigKey[] {
  const extra = keys.appExtra.map(({ key }) => key);
  const some = [keys.clientId, keys.clientSecret, ...extra, keys.apiVersion].filter((key) => key !== null);
  return [keys.enabled, keys.rates, ...some, ...keys.hosts.map((host) => host.key)];
}

/** The parsed configuration of a platform. */
export function readPlatform(keys: PlatformKeys, reader: EnvReader): PlatformConfig {
  const read = <T>(key: ConfigKey<T> | null): T | null => (key === null ? null : reader.read(key));
  const apiVersion = read(keys.apiVersion);
  const sunset = apiVersion === null ? undefined : keys.sunsets[apiVersion];
  return Object.freeze({
    enabled: reader.read(keys.enabled),
    rates: reader.read(keys.rates),
    clientId: read(keys.clientId),
    clientSecret: read(keys.clientSecret),
    appExtra: Object.freeze(extraOf(keys, reader)),
    apiVersion,
    apiVersionSunset: sunset === undefined ? null : new Date(sunset),
    hosts: Object.freeze(Object.fromEntries(keys.hosts.map(({ label, key }) => [label, reader.read(key)]))),
  });
}

function extraOf({ appExtra }: PlatformKeys, reader: EnvReader): Record<string, string> {
  return Object.fromEntries(
    appExtra.flatMap(({ name, key }) => {
      const value = reader.read(key);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** `facebookClientId` becomes `FACEBOOK_CLIENT_ID`. */
function constantCase(name: string): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}

function capitals(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
