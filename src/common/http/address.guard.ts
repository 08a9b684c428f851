import ipaddr from 'ipaddr.js';
import { lookup } from 'node:dns/promises';

export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Asks the system for all addresses of a name. */
export type AddressLookup = (hostname: string) => Promise<readonly { readonly address: string }[]>;

/** A name that leads only to addresses that nobody outside has: private, loopback, link-local, metadata, … */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Looks public and belongs to a cloud's inside: the metadata service of Azure. */
const NEVER = ['168.63.129.16'];
/** The only part of IPv6 that is given out for the public. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Keeps requests away from the inside of the network. Names are resolved here once, and the connection must go to
 * the addresses that this gives back: asking again might give others.
 */
export class AddressGuard {
  private readonly allowed: readonly [Address, number][];

  /** @param allowNetworks networks as CIDR that are let through all the same */
  constructor(
    allowNetworks: readonly string[] = [],
    private readonly lookup: AddressLookup = systemLookup,
  ) {
    this.allowed = allowNetworks.map((network) => ipaddr.parseCIDR(network));
  }

  /**
   * The addresses of a host that may be connected to, in the system's order. An address as host is checked as it is.
   * @throws AddressRefusedError when there is none; the system's error when the name is unknown.
   */
  async resolve(host: string): Promise<readonly CheckedAddress[]> {
    const name = host.replace(/^\[(.*)\]$/, '$1');
    const found = ipaddr.isValid(name) && isPlain(name) ? [{ address: name }] : await this.lookup(name);
    const checked = found
      .filter(({ address }) => this.allows(address))
      .map(({ address }) => withFamily(address));
    if (checked.length === 0) {
      throw new AddressRefusedError(`"${name}" is not an address on the public network`);
    }
    return checked;
  }

  /** Whether this very address (no name) may be connected to. */
  allows(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return this.allowed.some(([network, bits]) => matches(parsed, network, bits)) || isPublic(parsed);
  }
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || NEVER.includes(address.toString())) return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6);
}

function matches(address: Address, network: Address, bits: number): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/** Not the octal, hexadecimal and shortened forms, which the system reads in its own way. */
function isPlain(name: string): boolean {
  return name.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(name);
}

function withFamily(address: string): CheckedAddress {
  return { address, family: address.includes(':') ? 6 : 4 };
}

function systemLookup(hostname: string): Promise<readonly { address: string }[]> {
  return lookup(hostname, { all: true });
}
