import type { PlatformAccount } from '../control/sandbox.control.js';
import { arrayAt, isJsonObject, objectAt, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createYoutubeSimulator } from './youtube.simulator.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
}

const CHUNK = 262_144;
const DAY_MS = 24 * 60 * 60_000;
const AUTH = 'https://www.googleapis.com/auth/';
const SCOPES = ['youtube.upload', 'youtube.readonly', 'youtube.force-ssl', 'yt-analytics.readonly'];
const REDIRECT = 'http://127.0.0.1:3000/callback';
const APP = { client_id: 'youtube-app', client_secret: 'youtube-app-secret' };

/** Begins as an MP4 does; nothing more is looked at. */
function movie(bytes = 64): Buffer {
  const file = Buffer.alloc(bytes, 7);
  file.write('ftypisom', 4, 'latin1');
  return file;
}

describe('YouTube simulator', () => {
  let sandbox: Sandbox;
  let alice: PlatformAccount;
  let token: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      port: 0,
      simulators: [{ key: 'youtube', create: createYoutubeSimulator }],
    });
  });
  beforeEach(async () => {
    sandbox.control.reset();
    alice = sandbox.control.createAccount('youtube', { name: 'Alice' });
    token = stringAt((await logIn(alice.id)).json, 'access_token') ?? '';
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  const url = (host: string): string => sandbox.info().platforms['youtube']?.hosts[host] ?? '';

  async function send(address: string, init: RequestInit, bearer: string | null = token): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`);
    const answer = await fetch(address, { ...init, headers, redirect: 'manual' });
    const parsed = (await answer.json().catch(() => ({}))) as JsonValue;
    return { status: answer.status, headers: answer.headers, json: isJsonObject(parsed) ? parsed : {} };
  }

  const api = (method: string, path: string, body?: JsonObject, bearer = token): Promise<Answer> =>
    send(
      `${url('API')}/youtube/v3/${path}`,
      body === undefined
        ? { method }
        : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      bearer,
    );
  const give = (fields: Record<string, string>): Promise<Answer> =>
    send(`${url('TOKEN')}/token`, { method: 'POST', body: new URLSearchParams({ ...APP, ...fields }) }, null);
  const refresh = (value: string): Promise<Answer> =>
    give({ grant_type: 'refresh_token', refresh_token: value });

  async function logIn(
    account: string,
    change: Record<string, string> = {},
    scopes = SCOPES,
  ): Promise<Answer> {
    const scope = scopes.map((name) => AUTH + name).join(' ');
    const form = new URLSearchParams({
      ...{ response_type: 'code', client_id: APP.client_id, redirect_uri: REDIRECT, scope, state: 's' },
      ...{ access_type: 'offline', prompt: 'consent', account, decision: 'allow', ...change },
    });
    const init: RequestInit = { method: 'POST', body: form, redirect: 'manual' };
    const answer = await fetch(`${url('AUTH')}/o/oauth2/v2/auth`, init);
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    return give({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  }

  const open = (body: JsonObject, total?: number, bearer = token): Promise<Answer> =>
    send(
      `${url('UPLOAD')}/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status`,
      {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'content-type': 'application/json; charset=UTF-8',
          'x-upload-content-type': 'video/mp4',
          ...(total === undefined ? {} : { 'x-upload-content-length': String(total) }),
        },
      },
      bearer,
    );
  const titled = (title: string, status: JsonObject = {}): JsonObject => ({ snippet: { title }, status });
  const sessionOf = ({ headers }: Answer): string => headers.get('location') ?? '';
  const put = (
    session: string,
    bytes: Buffer | null,
    range?: string,
    bearer: string | null = null,
  ): Promise<Answer> =>
    send(
      session,
      {
        method: 'PUT',
        ...(bytes === null ? {} : { body: new Uint8Array(bytes) }),
        headers: { 'content-type': 'video/mp4', ...(range === undefined ? {} : { 'content-range': range }) },
      },
      bearer,
    );
  const upload = async (title: string, status: JsonObject = {}, bearer = token): Promise<string> => {
    const answer = await put(sessionOf(await open(titled(title, status), 64, bearer)), movie());
    return stringAt(answer.json, 'id') ?? '';
  };
  const reasonOf = ({ status, json }: Answer): unknown[] => {
    const [first = null] = arrayAt(objectAt(json, 'error') ?? {}, 'errors') ?? [];
    return [status, isJsonObject(first) ? first['reason'] : null];
  };
  const itemOf = ({ json }: Answer): JsonValue | undefined => arrayAt(json, 'items')?.[0];

  describe('a login', () => {
    it('gives tokens of an hour, and a refresh token that stays the same', async () => {
      const { json } = await logIn(alice.id);
      expect(json).toMatchObject({
        token_type: 'Bearer',
        expires_in: 3600,
        scope: expect.stringContaining('youtube'),
      });
      const kept = stringAt(json, 'refresh_token') ?? '';
      const renewed = await refresh(kept);
      expect([renewed.status, renewed.json['refresh_token']]).toEqual([200, kept]);
      sandbox.control.advanceClock(60 * 60_000);
      expect(reasonOf(await api('GET', 'channels?part=id&mine=true'))).toEqual([401, 'authError']);
      expect((await refresh(kept)).status).toBe(200);
    });

    it('gives a refresh token only once, unless consent is asked for anew', async () => {
      expect((await logIn(alice.id, { prompt: 'none' })).json).not.toHaveProperty('refresh_token');
      expect((await logIn(alice.id)).json).toHaveProperty('refresh_token');
      expect((await logIn(alice.id, { access_type: 'online' })).json).not.toHaveProperty('refresh_token');
    });

    it('ends when it is taken back, after half a year without use, and in testing after a week', async () => {
      const dead = { status: 400, json: { error: 'invalid_grant' } };
      const refreshOf = async (): Promise<string> =>
        stringAt((await logIn(alice.id)).json, 'refresh_token') ?? '';
      const taken = await refreshOf();
      await send(
        `${url('TOKEN')}/revoke`,
        { method: 'POST', body: new URLSearchParams({ token: taken }) },
        null,
      );
      expect(await refresh(taken)).toMatchObject(dead);
      const old = await refreshOf();
      sandbox.control.advanceClock(7 * DAY_MS);
      expect(await refresh(old)).toMatchObject({ status: 200 });
      sandbox.control.configure('youtube', { consentInTesting: true });
      expect(await refresh(old)).toMatchObject(dead);
      sandbox.control.configure('youtube', { consentInTesting: false });
      sandbox.control.advanceClock(180 * DAY_MS);
      expect(await refresh(old)).toMatchObject(dead);
    });

    it('is for one channel, if there is one', async () => {
      expect(
        itemOf(await api('GET', 'channels?part=id,snippet,contentDetails,status&mine=true')),
      ).toMatchObject({
        ...{ id: alice.id, snippet: { title: 'Alice', customUrl: '@alice' } },
        contentDetails: { relatedPlaylists: { uploads: alice.id.replace('UC', 'UU') } },
        status: { longUploadsStatus: 'allowed' },
      });
      const nobody = sandbox.control.createAccount('youtube', { name: 'Nobody', hasChannel: false });
      const theirs = stringAt((await logIn(nobody.id)).json, 'access_token') ?? '';
      expect((await api('GET', 'channels?part=id&mine=true', undefined, theirs)).json).toMatchObject({
        items: [],
      });
      expect(reasonOf(await open(titled('Hm'), 64, theirs))).toEqual([401, 'youtubeSignupRequired']);
    });

    it('may do what it was let do, with an account that lives', async () => {
      const { json } = await logIn(alice.id, {}, ['youtube.upload']);
      const least = stringAt(json, 'access_token') ?? '';
      const id = await upload('Mine', {}, least);
      expect(reasonOf(await api('DELETE', `videos?id=${id}`, undefined, least))).toEqual([
        403,
        'insufficientPermissions',
      ]);
      sandbox.control.createAccount('youtube', { name: 'Alice', status: 'suspended' });
      expect(reasonOf(await open(titled('Hm')))).toEqual([403, 'authenticatedUserAccountSuspended']);
      sandbox.control.configure('youtube', { apiEnabled: false });
      expect(reasonOf(await open(titled('Hm')))).toEqual([403, 'accessNotConfigured']);
    });
  });

  describe('an upload', () => {
    it('is a video with the last byte, not before', async () => {
      const session = sessionOf(await open(titled('A film', { privacyStatus: 'unlisted' }), CHUNK + 100));
      const file = movie(CHUNK + 100);
      expect((await put(session, null, `bytes */${CHUNK + 100}`)).headers.get('range')).toBeNull();
      const half = await put(session, file.subarray(0, CHUNK), `bytes 0-${CHUNK - 1}/${CHUNK + 100}`);
      expect([half.status, half.headers.get('range')]).toEqual([308, `bytes=0-${CHUNK - 1}`]);
      expect(sandbox.control.inbox('youtube')).toEqual([]);
      const whole = await put(session, file.subarray(CHUNK), `bytes ${CHUNK}-${CHUNK + 99}/${CHUNK + 100}`);
      expect(whole).toMatchObject({
        status: 201,
        json: { status: { uploadStatus: 'uploaded', privacyStatus: 'unlisted' } },
      });
      const again = await put(session, null, `bytes */${CHUNK + 100}`);
      expect([again.status, again.json['id']]).toEqual([200, whole.json['id']]);
      expect(sandbox.control.inbox('youtube')).toMatchObject([
        {
          postId: whole.json['id'],
          visibility: 'unlisted',
          extra: { title: 'A film' },
          media: [{ bytes: CHUNK + 100 }],
        },
      ]);
      const visible = sandbox.control.calls('youtube').filter((call) => call.visible);
      expect(visible.map(({ operation }) => operation)).toEqual(['videos.finish']);
    });

    it('goes on where the platform says, which may be less than was sent', async () => {
      sandbox.control.configure('youtube', { keptPerPut: CHUNK });
      const total = 2 * CHUNK;
      const session = sessionOf(await open(titled('Short ranges'), total));
      const first = await put(session, movie(total), `bytes 0-${total - 1}/${total}`);
      expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${CHUNK - 1}`]);
      expect(await put(session, Buffer.alloc(CHUNK), `bytes ${CHUNK}-${total - 1}/${total}`)).toMatchObject({
        status: 201,
      });
    });

    it.each([
      ['a chunk of another size', 'bytes 0-99/1000', 100],
      ['a gap', `bytes ${CHUNK}-${2 * CHUNK - 1}/${3 * CHUNK}`, CHUNK],
      ['a range that does not fit its bytes', `bytes 0-${CHUNK - 1}/${2 * CHUNK}`, 9],
      ['a range that is none', 'bytes 9-1/10', 9],
    ])('with %s is a bad request', async (_name, range, bytes) => {
      const session = sessionOf(await open(titled('Wrong')));
      expect(reasonOf(await put(session, movie(bytes), range))).toEqual([400, 'badRequest']);
    });

    it('is lost with its session', async () => {
      const session = sessionOf(await open(titled('Late'), 64));
      sandbox.control.configure('youtube', { sessionMs: 1000 });
      sandbox.control.advanceClock(1000);
      expect(await put(session, movie())).toMatchObject({ status: 404 });
      expect(
        await put(sessionOf(await open(titled('In time'), 64)), movie(), undefined, 'no-token'),
      ).toMatchObject({
        status: 401,
      });
    });

    it.each<[string, string, JsonObject]>([
      ['no title', 'invalidTitle', {}],
      ['a title of 101', 'invalidTitle', titled('a'.repeat(101))],
      ['a bracket in the title', 'invalidTitle', titled('a < b')],
      [
        'a long description',
        'invalidDescription',
        { snippet: { title: 'a', description: 'é'.repeat(2501) } },
      ],
      ['long tags', 'invalidTags', { snippet: { title: 'a', tags: ['b c', 'd'.repeat(495)] } }],
      ['an empty tag', 'invalidTags', { snippet: { title: 'a', tags: [''] } }],
      ['a category that is none', 'invalidCategoryId', { snippet: { title: 'a', categoryId: '99' } }],
      ['a time for what is public', 'invalidPublishAt', titled('a', { publishAt: '2036-12-01T09:00:00Z' })],
      ['a privacy that is none', 'forbiddenPrivacySetting', titled('a', { privacyStatus: 'friends' })],
      ['a licence that is none', 'forbiddenLicenseSetting', titled('a', { license: 'mine' })],
    ])('with %s is refused before a byte is sent', async (_name, reason, body) => {
      expect(reasonOf(await open(body))).toEqual([reason.startsWith('forbidden') ? 403 : 400, reason]);
    });

    it('is private for a project without audit, and public at its time for others', async () => {
      const publishAt = new Date(Date.parse(sandbox.control.clock().now) + DAY_MS).toISOString();
      const id = await upload('Tomorrow', { privacyStatus: 'private', publishAt });
      const seen = (): unknown =>
        sandbox.control.inbox('youtube').find(({ postId }) => postId === id)?.visibility;
      expect(seen()).toBe('private');
      sandbox.control.advanceClock(DAY_MS);
      expect(seen()).toBe('public');
      sandbox.control.configure('youtube', { audited: false });
      token = stringAt((await logIn(alice.id)).json, 'access_token') ?? '';
      const locked = await put(
        sessionOf(await open(titled('Locked', { privacyStatus: 'public' }), 64)),
        movie(),
      );
      expect(locked.json).toMatchObject({ status: { privacyStatus: 'private' } });
    });

    it('is processed, fails or is rejected afterwards', async () => {
      const path = async (): Promise<string> =>
        `videos?part=status,processingDetails&id=${await upload('One of many')}`;
      const good = await path();
      expect(itemOf(await api('GET', good))).toMatchObject({
        processingDetails: { processingStatus: 'processing' },
      });
      expect(itemOf(await api('GET', good))).toMatchObject({ status: { uploadStatus: 'processed' } });
      sandbox.control.configure('youtube', { rejectionReason: 'copyright', processingPolls: 0 });
      expect(itemOf(await api('GET', await path()))).toMatchObject({
        status: { uploadStatus: 'rejected', rejectionReason: 'copyright' },
      });
      sandbox.control.configure('youtube', { rejectionReason: '', rejectsDuplicates: true });
      expect(itemOf(await api('GET', await path()))).toMatchObject({
        status: { rejectionReason: 'duplicate' },
      });
      expect(sandbox.control.inbox('youtube')).toHaveLength(1);
    });
  });
});
