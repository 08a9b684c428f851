import { domainToASCII } from 'node:url';

const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const domainPart = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * The bare address of `anna@example.org` or `Anna <anna@example.org>`, its domain in ASCII and lower case; null when it is
 * none that every server takes (quoted local parts and such beyond ASCII are refused).
 */
export function parseAddress(input: string): string | null {
  const value = /<([^<>]*)>\s*$/.exec(input)?.[1] ?? input;
  const [local, domain, ...rest] = value.trim().split('@');
  if (local === undefined || domain === undefined || rest.length > 0) return null;
  const ascii = domainToASCII(domain);
  const address = `${local}@${ascii}`;
  const valid =
    localPart.test(local) &&
    local.length <= MAX_LOCAL &&
    domainPart.test(ascii) &&
    address.length <= MAX_ADDRESS;
  return valid ? address : null;
}

export interface ParsedList {
  /** Each address once, in the given order. */
  readonly addresses: string[];
  /** What is no address, as it was written. */
  readonly invalid: string[];
}

/** Addresses separated by commas, semicolons or line ends. */
export function parseAddressList(input: string): ParsedList {
  const addresses = new Map<string, string>();
  const invalid: string[] = [];
  for (const item of input.split(/[\n\r,;]+/).map((part) => part.trim())) {
    if (item === '') continue;
    const address = parseAddress(item);
    if (address === null) invalid.push(item);
    else if (!addresses.has(address.toLowerCase())) addresses.set(address.toLowerCase(), address);
  }
  return { addresses: [...addresses.values()], invalid };
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
