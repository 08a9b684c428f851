import { AddressGuard, AddressRefusedError } from './address.guard.js';

const resolvingTo = (...addresses: string[]): ((name: string) => Promise<{ address: string }[]>) => {
  return () => Promise.resolve(addresses.map((address) => ({ address })));
};

describe('AddressGuard', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '2a00:1450:4001::1', '::ffff:8.8.8.8'])(
    'lets %s through',
    (address) => {
      expect(new AddressGuard().allows(address)).toBe(true);
    },
  );

  it.each([
    [
      'loopback',
      '127.0.0.1',
      '127.255.255.254',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::7f00:1',
      '::ffff:0:127.0.0.1',
    ],
    ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd00::1', 'fc00::1', 'fec0::1'],
    ['link-local', '169.254.1.1', 'fe80::1', 'fe80::1%eth0'],
    [
      'metadata',
      '169.254.169.254',
      '168.63.129.16',
      '100.100.100.200',
      'fd00:ec2::254',
      '::ffff:169.254.169.254',
    ],
    ['shared', '100.64.0.1', '100.127.255.255'],
    ['multicast and broadcast', '224.0.0.1', '239.255.255.255', 'ff02::1', '255.255.255.255'],
    [
      'unspecified and reserved',
      '0.0.0.0',
      '0.1.2.3',
      '::',
      '240.0.0.1',
      '192.0.2.1',
      '198.18.0.1',
      '2001:db8::1',
    ],
    ['wrapping others', '64:ff9b::7f00:1', '2002:7f00:1::', '2001::1', '64:ff9b:1::1'],
    ['no address', '', 'localhost', '127.1', 'nonsense'],
  ])('refuses what is %s', (_name, ...addresses) => {
    for (const address of addresses)
      expect([address, new AddressGuard().allows(address)]).toEqual([address, false]);
  });

  it('lets allowed networks through, also as mapped IPv4, and no others', () => {
    const guard = new AddressGuard(['127.0.0.0/8', '10.1.0.0/16', 'fd00::/8']);
    for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '10.1.2.3', 'fd12::1'])
      expect(guard.allows(address)).toBe(true);
    for (const address of ['10.2.0.1', '::1', 'fe80::1']) expect(guard.allows(address)).toBe(false);
  });

  it('gives back only what may be connected to', async () => {
    const guard = new AddressGuard([], resolvingTo('10.0.0.1', '8.8.8.8', 'fe80::1', '2606:4700::1111'));
    expect(await guard.resolve('mixed.example')).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
  });

  it('checks what the system makes of disguised addresses', async () => {
    const asked: string[] = [];
    const guard = new AddressGuard([], (name) => {
      asked.push(name);
      return Promise.resolve([{ address: '127.0.0.1' }]);
    });
    for (const host of ['0177.0.0.1', '0x7f.1', '2130706433', '127.1', '127.0.0.1.', 'localhost.']) {
      await expect(guard.resolve(host)).rejects.toBeInstanceOf(AddressRefusedError);
    }
    expect(asked).toHaveLength(6);
  });

  it('checks an address as it is, with and without brackets', async () => {
    const guard = new AddressGuard([], () => Promise.reject(new Error('asked')));
    expect(await guard.resolve('[2606:4700::1111]')).toEqual([{ address: '2606:4700::1111', family: 6 }]);
    await expect(guard.resolve('[::1]')).rejects.toBeInstanceOf(AddressRefusedError);
    await expect(guard.resolve('192.168.0.1')).rejects.toBeInstanceOf(AddressRefusedError);
  });

  it('refuses a name without addresses', async () => {
    await expect(new AddressGuard([], resolvingTo()).resolve('empty.example')).rejects.toThrow(
      '"empty.example"',
    );
  });
});
