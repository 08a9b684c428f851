import ipaddr from 'ipaddr.js';
import { type ConfiguredRate } from './app.config.js';

/** How the text of one variable becomes a value. */
export interface ValueType<T> {
  /** For documentation: `a whole number from 1 to 65535`. */
  readonly name: string;
  /** @throws ValueProblem */
  parse(text: string): T;
}

/** Says what is wrong without repeating the text, so that it fits secrets too. */
export class ValueProblem extends Error {
  constructor(
    problem: string,
    readonly remedy: string,
  ) {
    super(problem);
  }
}

/** Any text. */
export const text: ValueType<string> = { name: 'text', parse: (value) => value };

/** `1`, `true`, `yes`, `on` or their opposites. */
export const flag: ValueType<boolean> = {
  name: '1 or 0',
  parse(value) {
    if (/^(1|true|yes|on)$/i.test(value)) return true;
    if (/^(0|false|no|off)$/i.test(value)) return false;
    throw new ValueProblem('is neither 1 nor 0', 'Set it to 1 or 0');
  },
};

/** A whole number between two, both included. */
export function integer(min: number, max: number): ValueType<number> {
  return {
    name: `a whole number from ${min} to ${max}`,
    parse(value) {
      const number = /^-?\d+$/.test(value) ? Number(value) : NaN;
      if (number >= min && number <= max) return number;
      throw new ValueProblem(
        `is not a whole number from ${min} to ${max}`,
        `Set it to a number from ${min} to ${max}`,
      );
    },
  };
}

/** One of a closed set. */
export function choice<T extends string>(options: readonly T[]): ValueType<T> {
  return {
    name: options.join(' | '),
    parse(value) {
      const found = options.find((option) => option === value);
      if (found !== undefined) return found;
      throw new ValueProblem(`is not one of ${options.join(', ')}`, `Set it to one of ${options.join(', ')}`);
    },
  };
}

/** An absolute URL of one of the schemes; given back without a slash at its end. */
export function url(schemes: readonly string[], allowed: 'base' | 'any'): ValueType<string> {
  const example = `${schemes[0] ?? 'https'}://host`;
  return {
    name: `a URL (${schemes.join(', ')})`,
    parse(value) {
      const parsed = URL.canParse(value) ? new URL(value) : null;
      if (parsed === null || !schemes.includes(parsed.protocol.slice(0, -1))) {
        throw new ValueProblem(`is not a URL of the form ${example}`, `Set it to a URL like ${example}`);
      }
      if (allowed === 'any') return value;
      if (parsed.search + parsed.hash + parsed.username + parsed.password !== '') {
        throw new ValueProblem(
          'has a query, a fragment or credentials',
          'Set it to scheme, host, port and path only',
        );
      }
      return parsed.href.replace(/\/+$/, '');
    },
  };
}

export const webUrl = url(['https', 'http'], 'base');

/** Networks as CIDR, separated by commas. A single address is a network of its own. */
export const networks: ValueType<readonly string[]> = {
  name: 'networks (CIDR), separated by commas',
  parse(value) {
    const list = listOf(value);
    const wrong = list.filter((item) => !ipaddr.isValidCIDR(item) && !ipaddr.isValid(item));
    if (wrong.length > 0) {
      throw new ValueProblem(
        `holds what is no network: ${wrong.join(', ')}`,
        'Write networks like 10.0.0.0/8',
      );
    }
    return list.map((item) => (item.includes('/') ? item : `${item}/${item.includes(':') ? 128 : 32}`));
  },
};

const packageName = /^(@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*$/;

/** Names as `npm install` takes them, separated by commas. Folders, addresses and versions are no names. */
export const packageNames: ValueType<readonly string[]> = {
  name: 'names of npm packages, separated by commas',
  parse(value) {
    const list = [...new Set(listOf(value))];
    const wrong = list.filter((item) => !packageName.test(item));
    if (wrong.length > 0) {
      throw new ValueProblem(
        `holds what is no name of a package: ${wrong.join(', ')}`,
        'Write names like fanfare-platform-example, without folder, address or version',
      );
    }
    return Object.freeze(list);
  },
};

/** What Fastify takes as `trustProxy`: 1, 0, a number of hops, or addresses and networks. */
export const trustedProxies: ValueType<boolean | number | string> = {
  name: 'true | false | a number of hops | addresses and networks, separated by commas',
  parse(value) {
    if (/^(true|yes|on)$/i.test(value)) return true;
    if (/^(false|no|off)$/i.test(value)) return false;
    if (/^\d{1,2}$/.test(value)) return Number(value);
    return networks.parse(value).join(',');
  },
};

/** Base64 of at least so many bytes. */
export function base64(minBytes: number): ValueType<string> {
  return {
    name: `base64 of at least ${minBytes} bytes`,
    parse(value) {
      const bytes = /^[A-Za-z0-9+/]+={0,2}$/.test(value) ? Buffer.from(value, 'base64').length : 0;
      if (bytes >= minBytes) return value;
      throw new ValueProblem(
        `is not base64 of at least ${minBytes} bytes`,
        `Make one with: openssl rand -base64 ${minBytes}`,
      );
    },
  };
}

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `posts=300/3h, calls=30/1s`; `none` for an empty list. */
export const rates: ValueType<readonly ConfiguredRate[]> = {
  name: 'rates like posts=300/3h, separated by commas, or none',
  parse(value) {
    if (/^none$/i.test(value)) return Object.freeze([]);
    return Object.freeze(listOf(value).map(rateOf));
  },
};

function rateOf(item: string): ConfiguredRate {
  const [, name, max, count, unit] =
    /^([a-z][a-z0-9_]*)=([1-9]\d{0,8})\/([1-9]\d{0,3})?([smhd])$/.exec(item) ?? [];
  const ms = unitMs[unit ?? ''];
  if (name === undefined || ms === undefined) {
    throw new ValueProblem(
      'has an item that is no rate',
      'Set it to rates like posts=300/3h (s, m, h or d), separated by commas, or to none',
    );
  }
  return Object.freeze({ name, max: Number(max), periodMs: Number(count ?? 1) * ms });
}
