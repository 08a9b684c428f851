import sharp from 'sharp';
import type { PlatformAccount } from '../control/sandbox.control.js';
import { arrayAt, isJsonObject, objectAt, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createYoutubeSimulator } from './youtube.simulator.js';

interface Answer {
  readonly status: number;
  readonly json: JsonObject;
}

const AUTH = 'https://www.googleapis.com/auth/';
const SCOPES = ['youtube.upload', 'youtube.readonly', 'youtube.force-ssl', 'yt-analytics.readonly'];
const REDIRECT = 'http://127.0.0.1:3000/callback';
const APP = { client_id: 'youtube-app', client_secret: 'youtube-app-secret' };

describe('what the YouTube simulator has of a video', () => {
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
    token = await logIn(alice.id);
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  const url = (host: string): string => sandbox.info().platforms['youtube']?.hosts[host] ?? '';

  async function send(address: string, init: RequestInit, bearer: string): Promise<Answer> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${bearer}`);
    const answer = await fetch(address, { ...init, headers, redirect: 'manual' });
    const parsed = (await answer.json().catch(() => ({}))) as JsonValue;
    return { status: answer.status, json: isJsonObject(parsed) ? parsed : {} };
  }

  const written = (method: string, body: JsonObject): RequestInit => ({
    ...{ method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  });
  const api = (method: string, path: string, body?: JsonObject, bearer = token): Promise<Answer> =>
    send(`${url('API')}/youtube/v3/${path}`, body === undefined ? { method } : written(method, body), bearer);

  async function logIn(account: string): Promise<string> {
    const scope = SCOPES.map((name) => AUTH + name).join(' ');
    const form = new URLSearchParams({
      ...{ response_type: 'code', client_id: APP.client_id, redirect_uri: REDIRECT, scope, account },
    });
    const init: RequestInit = { method: 'POST', body: form, redirect: 'manual' };
    const answer = await fetch(`${url('AUTH')}/o/oauth2/v2/auth`, init);
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const grant = { ...APP, grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    const given = await fetch(`${url('TOKEN')}/token`, { method: 'POST', body: new URLSearchParams(grant) });
    return stringAt((await given.json()) as JsonObject, 'access_token') ?? '';
  }

  async function open(snippet: JsonObject, status: JsonObject = {}): Promise<Response> {
    const init = written('POST', { snippet, status });
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    const address = `${url('UPLOAD')}/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status`;
    return fetch(address, { ...init, headers });
  }

  /** Of another length each time, so that they can be told apart. */
  async function upload(title: string, status: JsonObject = {}, more: JsonObject = {}): Promise<string> {
    const file = Buffer.alloc(64 + title.length, 7);
    file.write('ftypisom', 4, 'latin1');
    const session = (await open({ title, ...more }, status)).headers.get('location') ?? '';
    const init = { method: 'PUT', body: new Uint8Array(file), headers: { 'content-type': 'video/mp4' } };
    return stringAt((await send(session, init, token)).json, 'id') ?? '';
  }

  const reasonOf = ({ status, json }: Answer): unknown[] => {
    const [first = null] = arrayAt(objectAt(json, 'error') ?? {}, 'errors') ?? [];
    return [status, isJsonObject(first) ? first['reason'] : null];
  };

  it('is found in the playlist of uploads, newest first and in pages, and with the size of its file', async () => {
    const ids = [await upload('One'), await upload('Second', { privacyStatus: 'private' })];
    const path = `playlistItems?part=contentDetails,snippet&playlistId=${alice.id.replace('UC', 'UU')}`;
    const first = await api('GET', `${path}&maxResults=1`);
    expect(first.json).toMatchObject({
      items: [{ contentDetails: { videoId: ids[1] }, snippet: { title: 'Second' } }],
      pageInfo: { totalResults: 2 },
    });
    const next = stringAt(first.json, 'nextPageToken') ?? '';
    expect((await api('GET', `${path}&maxResults=1&pageToken=${next}`)).json).toMatchObject({
      items: [{ contentDetails: { videoId: ids[0] } }],
    });
    expect((await api('GET', `videos?part=fileDetails&id=${ids.join(',')}`)).json).toMatchObject({
      items: [{ fileDetails: { fileSize: '67' } }, { fileDetails: { fileSize: '70' } }],
    });
    sandbox.control.configure('youtube', { readLagMs: 60_000 });
    expect((await api('GET', path)).json).toMatchObject({ items: [] });
  });

  it('is hidden from others while it is private, and its file always', async () => {
    const [hidden, shown] = [await upload('Mine', { privacyStatus: 'private' }), await upload('Ours')];
    const bob = await logIn(sandbox.control.createAccount('youtube', { name: 'Bob' }).id);
    const listed = await api('GET', `videos?part=snippet&id=${hidden},${shown}`, undefined, bob);
    expect(listed.json).toMatchObject({ items: [{ id: shown }] });
    expect(reasonOf(await api('GET', `videos?part=fileDetails&id=${shown}`, undefined, bob))).toEqual([
      403,
      'forbidden',
    ]);
    expect(reasonOf(await api('DELETE', `videos?id=${shown}`, undefined, bob))).toEqual([403, 'forbidden']);
  });

  it('loses with an update what is not said again', async () => {
    const id = await upload(
      'Before',
      { containsSyntheticMedia: true },
      { tags: ['a', 'b'], description: 'Words' },
    );
    expect(reasonOf(await api('PUT', 'videos?part=snippet', { id, snippet: { title: 'After' } }))).toEqual([
      ...[400, 'invalidCategoryId'],
    ]);
    const answer = await api('PUT', 'videos?part=snippet', {
      id,
      snippet: { title: 'After', categoryId: '22' },
    });
    expect(answer).toMatchObject({ status: 200, json: { snippet: { title: 'After', description: '' } } });
    expect(sandbox.control.inbox('youtube')).toMatchObject([
      { text: '', extra: { tags: [], syntheticMedia: true } },
    ]);
  });

  it('tells its figures as texts, without those that are hidden', async () => {
    const id = await upload('Look');
    sandbox.control.configure('youtube', { views: 12, likes: 3 });
    const figures = async (): Promise<unknown> =>
      arrayAt((await api('GET', `videos?part=statistics&id=${id}`)).json, 'items')?.[0];
    expect(await figures()).toMatchObject({
      statistics: { viewCount: '12', likeCount: '3', commentCount: '0' },
    });
    sandbox.control.configure('youtube', { hidesLikes: true });
    expect(await figures()).not.toHaveProperty('statistics.likeCount');
    const today = sandbox.control.clock().now.slice(0, 10);
    const query = `ids=channel==MINE&startDate=${today}&endDate=${today}&metrics=views,likes&dimensions=day&filters=video==${id}`;
    expect((await send(`${url('ANALYTICS')}/v2/reports?${query}`, {}, token)).json).toMatchObject({
      columnHeaders: [{ name: 'day' }, { name: 'views' }, { name: 'likes' }],
      rows: [[today, 12, 3]],
    });
  });

  it('may have a picture of its own, a place in a playlist and comments', async () => {
    const id = await upload('With everything');
    const picture = await sharp({ create: { width: 64, height: 36, channels: 3, background: '#369' } })
      .png()
      .toBuffer();
    const set = (bytes: Buffer): Promise<Answer> =>
      send(
        `${url('UPLOAD')}/upload/youtube/v3/thumbnails/set?videoId=${id}`,
        { method: 'POST', body: new Uint8Array(bytes), headers: { 'content-type': 'image/png' } },
        token,
      );
    expect(await set(picture)).toMatchObject({ status: 200, json: { items: [{ maxres: { width: 64 } }] } });
    expect(reasonOf(await set(Buffer.from('no picture')))).toEqual([400, 'invalidImage']);
    expect(reasonOf(await set(Buffer.alloc(0)))).toEqual([400, 'mediaBodyRequired']);
    const { json } = await api('GET', 'playlists?part=snippet&mine=true');
    const playlist = arrayAt(json, 'items')?.[0];
    const playlistId = isJsonObject(playlist) ? (playlist['id'] ?? null) : null;
    const resourceId = { kind: 'youtube#video', videoId: id };
    expect(
      await api('POST', 'playlistItems?part=snippet', { snippet: { playlistId, resourceId } }),
    ).toMatchObject({ status: 200 });
    const topLevelComment = { snippet: { textOriginal: 'First!' } };
    const comment = await api('POST', 'commentThreads?part=snippet', {
      snippet: { channelId: alice.id, videoId: id, topLevelComment },
    });
    expect(sandbox.control.inbox('youtube')).toMatchObject([
      { postId: id, extra: { thumbnail: expect.any(String), playlists: ['Favourites'] } },
      { postId: comment.json['id'], text: 'First!', replyTo: id },
    ]);
    expect((await api('GET', `commentThreads?part=snippet&videoId=${id}`)).json).toMatchObject({
      items: [{ snippet: { topLevelComment: { snippet: { textOriginal: 'First!' } } } }],
    });
    await api('POST', 'commentThreads?part=snippet', {
      snippet: { videoId: id, topLevelComment: { snippet: { textOriginal: 'Second!' } } },
    });
    const page = `commentThreads?part=snippet&videoId=${id}&order=time&maxResults=1`;
    const newest = await api('GET', page);
    const next = String(newest.json['nextPageToken']);
    expect((await api('GET', `${page}&pageToken=${next}`)).json).toMatchObject({
      items: [{ id: comment.json['id'] }],
    });
    sandbox.control.createAccount('youtube', { name: 'Alice', phoneVerified: false });
    expect(reasonOf(await set(picture))).toEqual([403, 'forbidden']);
  });

  it('is gone with everything below it', async () => {
    const id = await upload('Not for long');
    expect(await api('DELETE', `videos?id=${id}`)).toMatchObject({ status: 204 });
    expect(reasonOf(await api('DELETE', `videos?id=${id}`))).toEqual([404, 'videoNotFound']);
    expect((await api('GET', `videos?part=id&id=${id}`)).json).toMatchObject({ items: [] });
    expect(sandbox.control.inbox('youtube')).toEqual([]);
  });

  it('costs units and a bucket of its own until midnight in California, also when it is refused', async () => {
    sandbox.control.configure('youtube', { insertsPerDay: 1, unitsPerDay: 50 });
    expect((await open({})).status).toBe(400);
    const refused = await open({ title: 'Too many' });
    const json = (await refused.json()) as JsonObject;
    expect(reasonOf({ status: refused.status, json })).toEqual([429, 'rateLimitExceeded']);
    expect(stringAt(objectAt(json, 'error') ?? {}, 'message')).toContain("limit 'Video Uploads per day'");
    expect(reasonOf(await api('DELETE', 'videos?id=none'))).toEqual([404, 'videoNotFound']);
    expect(reasonOf(await api('GET', 'videos?part=id&id=none'))).toEqual([403, 'quotaExceeded']);
    sandbox.control.advanceClock(24 * 60 * 60_000);
    token = await logIn(alice.id);
    expect((await open({ title: 'Tomorrow' })).status).toBe(200);
  });

  it('is one of so many that a channel may upload in a day', async () => {
    sandbox.control.configure('youtube', { channelUploadsPerDay: 1 });
    await upload('The only one');
    const refused = await open({ title: 'One more' });
    expect(reasonOf({ status: refused.status, json: (await refused.json()) as JsonObject })).toEqual([
      ...[400, 'uploadLimitExceeded'],
    ]);
  });
});
