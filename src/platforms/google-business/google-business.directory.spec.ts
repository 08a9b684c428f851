import type { GoogleBusinessApi, GoogleCall } from './google-business.api.js';
import { GoogleBusinessDirectory } from './google-business.directory.js';

const verified = { canOperateLocalPost: true, hasVoiceOfMerchant: true, mapsUri: 'https://maps.example/1' };
const pages: Readonly<Record<string, unknown>> = {
  accounts: { accounts: [{ name: 'accounts/1' }], nextPageToken: 'more' },
  'accounts more': { accounts: [{ name: 'accounts/2' }] },
  'accounts/1/locations': {
    locations: [
      {
        ...{ name: 'locations/1', title: 'Bakery', metadata: verified },
        storefrontAddress: { addressLines: ['Main St 1', '2nd floor'], locality: 'Springfield' },
      },
      { name: 'locations/2', title: 'Unverified', metadata: { hasVoiceOfMerchant: false } },
    ],
    nextPageToken: 'more',
  },
  'accounts/1/locations more': {
    locations: [
      { name: 'locations/3', title: 'Chain', metadata: { ...verified, canOperateLocalPost: false } },
    ],
  },
  'accounts/2/locations': {
    locations: [
      { name: 'locations/1', title: 'Bakery', metadata: verified },
      { name: 'locations/4', metadata: { hasVoiceOfMerchant: true } },
    ],
  },
};

function directory(answers: Readonly<Record<string, unknown>>): GoogleBusinessDirectory {
  const call = (_token: string, { path, query }: GoogleCall): Promise<unknown> =>
    Promise.resolve(answers[[path, query?.['pageToken'] ?? ''].join(' ').trim()]);
  return new GoogleBusinessDirectory({ call } as Partial<GoogleBusinessApi> as GoogleBusinessApi);
}

describe('the locations of a login', () => {
  it('are read page by page, each once, with the account that it was found in', async () => {
    expect(await directory(pages).locations('token')).toEqual([
      {
        ...{ name: 'locations/1', title: 'Bakery', address: 'Main St 1, 2nd floor, Springfield' },
        ...{ mapsUri: 'https://maps.example/1', takesPosts: true, account: 'accounts/1' },
      },
      expect.objectContaining({ name: 'locations/2', takesPosts: false }),
      expect.objectContaining({ name: 'locations/3', takesPosts: false }),
      {
        ...{ name: 'locations/4', title: 'locations/4', address: null, mapsUri: null },
        ...{ takesPosts: true, account: 'accounts/2' },
      },
    ]);
  });

  it('are none where there are none', async () => {
    expect(await directory({ accounts: {} }).locations('token')).toEqual([]);
  });

  it('cannot be told from an answer that is no list', async () => {
    await expect(directory({ accounts: 'a page' }).locations('token')).rejects.toMatchObject({
      code: 'google-business.unreadable_answer',
    });
  });
});
