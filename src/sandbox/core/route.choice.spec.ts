import type { Operation } from './operation.js';
import { empty } from './response.js';
import { chooseRoute } from './route.choice.js';
import { Router } from './router.js';

const shared: Pick<Operation, 'host' | 'method' | 'path' | 'handle'> = {
  host: null,
  method: 'POST',
  path: '/videos',
  handle: () => empty(204),
};
const form: Operation['body'] = [{ kind: 'form', fields: ['phase'] }];
const operations: readonly Operation[] = [
  { ...shared, name: 'start', visible: false, body: form, when: ({ phase }) => phase === 'start' },
  { ...shared, name: 'finish', visible: true, body: form, when: ({ phase }) => phase === 'finish' },
  {
    ...{ ...shared, name: 'last', visible: true, body: form },
    when: (_given, headers) => headers['content-range'] === 'bytes 5-9/10',
  },
  { ...shared, name: 'whole', visible: true, body: form },
  { ...shared, name: 'never', visible: false },
];

async function chosen(
  address: string,
  body = '',
  more: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const url = new URL(address, 'http://sandbox');
  const router = new Router([], operations);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...more };
  const parts = { query: url.searchParams, headers, bytes: Buffer.from(body) };
  const route = await chooseRoute(router.find('POST', router.target(url.pathname)), parts);
  return route?.operation.name;
}

describe('operations of one route', () => {
  it('are told apart by what is given in body or query', async () => {
    expect(await chosen('/videos', 'phase=start')).toBe('start');
    expect(await chosen('/videos?phase=finish')).toBe('finish');
  });

  it('are told apart by a header', async () => {
    expect(await chosen('/videos', '', { 'content-range': 'bytes 5-9/10' })).toBe('last');
    expect(await chosen('/videos', '', { 'content-range': 'bytes 0-4/10' })).toBe('whole');
  });

  it('leave the rest to the one that asks for nothing', async () => {
    expect(await chosen('/videos', 'phase=other')).toBe('whole');
    expect(await chosen('/videos')).toBe('whole');
  });

  it('are none where the path is unknown', async () => {
    expect(await chosen('/photos')).toBeUndefined();
  });
});
