import {
  PublishError,
  type AccountRef,
  type CommitResult,
  type JsonObject,
  type PublishContext,
  type PublishWarning,
  type WaitOptions,
  type WaitResult,
} from '../core/index.js';
import type { LocalPost } from './google-business.answers.js';
import type { GoogleBusinessClient } from './google-business.client.js';
import type { GoogleBusinessLookup } from './google-business.lookup.js';
import { GoogleBusinessPublisher } from './google-business.publisher.js';
import { resultOf } from './google-business.results.js';

const name = 'accounts/1/locations/9/localPosts/5';
const maps = 'https://maps.example/9';
const url = 'https://search.example/5';

function post(state: string, searchUrl: string | null): LocalPost {
  const words = { summary: 'Words', topicType: 'STANDARD', title: null, link: null };
  return { name, state, searchUrl, createdAt: new Date('2026-11-22T10:00:00Z'), ...words };
}

interface Script {
  /** What creating answers. */
  readonly made: LocalPost;
  /** What the look answers; left out: there must be none. */
  readonly seen?: LocalPost;
  /** A look has found the post that a call with a lost answer had made. */
  readonly found?: true;
  /** The look came too often. */
  readonly tooLong?: true;
}

async function publish({ made, seen, found, tooLong }: Script) {
  const warnings: PublishWarning[] = [];
  const client: Partial<GoogleBusinessClient> = {
    createPost: (_token, location) => {
      expect(location).toBe('accounts/1/locations/9');
      return Promise.resolve(made);
    },
    post: (_token, asked) => {
      expect(asked).toBe(name);
      return seen === undefined
        ? Promise.reject(new Error('nothing is to be looked at'))
        : Promise.resolve(seen);
    },
  };
  const waitFor = async (_key: string, look: () => Promise<WaitResult<JsonObject>>, wait: WaitOptions) => {
    expect(wait.delaysMs[0]).toBe(15_000);
    const found = await look();
    if (found.ready) return found.value;
    throw waiting(tooLong === true ? 'google-business.processing_too_long' : 'test.waits');
  };
  const metadata: JsonObject = { account: 'accounts/1', mapsUri: maps };
  const account: AccountRef = {
    ...{
      id: 'a',
      platform: 'google-business',
      externalId: 'locations/9',
      displayName: 'Bakery',
      handle: null,
    },
    metadata,
  };
  const ctx: object = {
    account,
    content: { text: 'Words', link: null, media: [], thread: [], settings: {} },
    credentials: () => Promise.resolve({ values: { accessToken: 't' }, version: 1 }),
    commitKey: () => 'key',
    commit: (_key: string, call: () => Promise<CommitResult>) =>
      found === true ? Promise.resolve(resultOf(made, account)) : call(),
    warn: (warning: PublishWarning) => warnings.push(warning),
    waitFor,
  };
  const lookup: object = {};
  const publisher = new GoogleBusinessPublisher(
    client as GoogleBusinessClient,
    lookup as GoogleBusinessLookup,
  );
  const result = await publisher.publish(ctx as PublishContext).catch((error: unknown) => error);
  return { result, warnings: warnings.map(({ code }) => code) };
}

function waiting(code: string): PublishError {
  return new PublishError({ kind: 'transient', code, message: 'Not yet.', remedy: 'Wait.' });
}

describe('a local post that Google looks at', () => {
  it('is out at once when it is shown at once', async () => {
    expect(await publish({ made: post('LIVE', url) })).toEqual({
      result: { platformPostId: name, permalink: url },
      warnings: [],
    });
  });

  it.each([
    ['shown later', post('LIVE', url), url],
    ['an event that comes again', post('RECURRING', url), url],
    ['without an address of its own', post('LIVE', null), maps],
  ])('is looked at until it is %s', async (_what, seen, permalink) => {
    const { result } = await publish({ made: post('PROCESSING', null), seen });
    expect(result).toEqual({ platformPostId: name, permalink });
  });

  it('gets its address where it was shown at once without one', async () => {
    const { result } = await publish({ made: post('LIVE', null), seen: post('LIVE', url) });
    expect(result).toEqual({ platformPostId: name, permalink: url });
  });

  it('is waited for while nothing is decided', async () => {
    const undecided = post('PROCESSING', null);
    expect((await publish({ made: undecided, seen: undecided })).result).toMatchObject({
      code: 'test.waits',
    });
  });

  it('is told of as undecided after two days', async () => {
    const undecided = post('PROCESSING', null);
    expect(await publish({ made: undecided, seen: undecided, tooLong: true })).toEqual({
      result: { platformPostId: name, permalink: maps },
      warnings: ['review_pending'],
    });
  });

  it.each([
    ['at once', { made: post('REJECTED', null) }],
    ['after a while', { made: post('PROCESSING', null), seen: post('REJECTED', null) }],
    ['and found with its address', { made: post('REJECTED', url), found: true, seen: post('REJECTED', url) }],
  ] satisfies [string, Script][])('fails when it is rejected %s', async (_when, script) => {
    const { result } = await publish(script);
    expect(result).toMatchObject({ code: 'google-business.rejected', kind: 'content_refused' });
  });
});
