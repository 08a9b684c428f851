import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { isJsonObject, objectAt, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createLinkedinSimulator } from './linkedin.simulator.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
}

type Send = Readonly<{ token?: string; body?: JsonValue; headers?: Record<string, string | null> }>;

const MEMBER = 'openid profile w_member_social';
const ALL = `${MEMBER} w_organization_social r_organization_social rw_organization_admin`;
const REDIRECT = 'http://127.0.0.1:3000/callback';
const HOUR_MS = 60 * 60_000;

describe('LinkedIn simulator', () => {
  let sandbox: Sandbox;
  let hosts: Readonly<Record<string, string>>;
  let [member, manager, person, organization] = ['', '', '', ''];

  beforeAll(async () => {
    sandbox = await startSandbox({
      port: 0,
      simulators: [{ key: 'linkedin', create: createLinkedinSimulator }],
    });
    hosts = sandbox.info().platforms['linkedin']?.hosts ?? {};
  });
  beforeEach(async () => {
    sandbox.control.reset();
    [person, organization] = ['Bob Brown', 'Sandbox Works'].map(urnOf) as [string, string];
    member = await login('Bob Brown', MEMBER);
    manager = await login('Alice Adams', ALL);
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  function account(name: string): { id: string; urn: string } {
    const found = sandbox.control.accounts('linkedin').find((candidate) => candidate.name === name);
    return { id: found?.id ?? '', urn: stringAt(found?.details ?? {}, 'urn') ?? '' };
  }

  function urnOf(name: string): string {
    return account(name).urn;
  }

  async function consent(name: string, scope: string, decision = 'allow'): Promise<URL> {
    const fields = new URLSearchParams({
      ...{ response_type: 'code', client_id: 'linkedin-app', redirect_uri: REDIRECT, scope, state: 'st' },
      ...{ account: account(name).id, decision },
    });
    const url = `${hosts['AUTH'] ?? ''}/oauth/v2/authorization`;
    const answer = await fetch(url, { method: 'POST', body: fields, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '');
  }

  const token = (fields: Record<string, string>, path = 'accessToken'): Promise<Answer> =>
    answerOf(
      fetch(`${hosts['AUTH'] ?? ''}/oauth/v2/${path}`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: 'linkedin-app',
          client_secret: 'linkedin-app-secret',
          ...fields,
        }),
      }),
    );

  async function exchange(name: string, scope: string): Promise<JsonObject> {
    const code = (await consent(name, scope)).searchParams.get('code') ?? '';
    const { json } = await token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
    return json;
  }

  async function login(name: string, scope: string): Promise<string> {
    return stringAt(await exchange(name, scope), 'access_token') ?? '';
  }

  async function answerOf(fetched: Promise<Response>): Promise<Answer> {
    const answer = await fetched;
    const parsed = (await answer.json().catch(() => ({}))) as JsonValue;
    return { status: answer.status, headers: answer.headers, json: isJsonObject(parsed) ? parsed : {} };
  }

  function call(method: string, path: string, { token: bearer, body, headers }: Send = {}): Promise<Answer> {
    const all: Record<string, string | null> = {
      authorization: `Bearer ${bearer ?? member}`,
      'linkedin-version': '202609',
      'x-restli-protocol-version': '2.0.0',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    return answerOf(fetch(`${hosts['API'] ?? ''}${path}`, { method, headers: sent, ...content }));
  }

  const bodyOf = (fields: JsonObject = {}): JsonObject => ({
    author: person,
    commentary: 'Hello',
    visibility: 'PUBLIC',
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: false,
    ...fields,
  });
  const post = (fields: JsonObject = {}, send: Send = {}): Promise<Answer> =>
    call('POST', '/rest/posts', { body: bodyOf(fields), ...send });
  const postAs = (fields: JsonObject = {}): Promise<Answer> =>
    post({ author: organization, ...fields }, { token: manager });
  const idOf = ({ headers }: Answer): string => headers.get('x-restli-id') ?? '';
  const enc = encodeURIComponent;

  const initialize = (kind: string, fields: JsonObject, bearer = member): Promise<Answer> =>
    call('POST', `/rest/${kind}?action=initializeUpload`, {
      token: bearer,
      body: { initializeUploadRequest: { owner: person, ...fields } },
    });

  const put = (url: string, bytes: Buffer): Promise<Response> =>
    fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });

  const picture = (): Promise<Buffer> =>
    sharp({ create: { width: 30, height: 20, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();

  async function upload(kind: 'image' | 'document', bytes: Buffer): Promise<string> {
    const value = objectAt((await initialize(`${kind}s`, {})).json, 'value') ?? {};
    await put(stringAt(value, 'uploadUrl') ?? '', bytes);
    return stringAt(value, kind) ?? '';
  }

  const ready = (): unknown => sandbox.control.advanceClock(60_000);
  const inbox = (): ReturnType<typeof sandbox.control.inbox> => sandbox.control.inbox('linkedin');

  describe('logging in', () => {
    it('gives a token of 60 days and a refresh token that stays the same and ends a year after the consent', async () => {
      const first = await exchange('Bob Brown', MEMBER);
      expect(first).toMatchObject({
        expires_in: 5_184_000,
        refresh_token_expires_in: 31_536_000,
        scope: 'openid,profile,w_member_social',
        token_type: 'Bearer',
      });
      const refresh_token = stringAt(first, 'refresh_token') ?? '';
      const refresh = (): Promise<Answer> => token({ grant_type: 'refresh_token', refresh_token });
      sandbox.control.advanceClock(300 * 24 * HOUR_MS);
      expect((await refresh()).json).toMatchObject({ refresh_token, refresh_token_expires_in: 5_616_000 });
      sandbox.control.advanceClock(66 * 24 * HOUR_MS);
      expect(await refresh()).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    });

    it('gives no refresh token to apps that are not approved', async () => {
      sandbox.control.configure('linkedin', { refreshTokens: false });
      expect(await exchange('Bob Brown', MEMBER)).not.toHaveProperty('refresh_token');
    });

    it('says that the person has cancelled, and that a code is dead', async () => {
      const answer = await consent('Bob Brown', MEMBER, 'deny');
      expect(answer.searchParams.get('error')).toBe('user_cancelled_authorize');
      const dead = await token({ grant_type: 'authorization_code', code: 'no', redirect_uri: REDIRECT });
      expect(dead).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
    });

    it('ends earlier tokens when other permissions are asked for', async () => {
      const wider = await login('Bob Brown', `${MEMBER} email`);
      expect(await post()).toMatchObject({ status: 401, json: { serviceErrorCode: 65601 } });
      expect((await post({}, { token: wider })).status).toBe(201);
    });

    it('tells what a token is good for', async () => {
      const live = await token({ token: member }, 'introspectToken');
      expect(live.json).toMatchObject({
        active: true,
        status: 'active',
        scope: 'openid,profile,w_member_social',
      });
      sandbox.control.endTokens('linkedin', account('Bob Brown').id, 'expire');
      expect((await token({ token: member }, 'introspectToken')).json).toEqual({
        active: false,
        status: 'expired',
      });
    });

    it('names the member and the organizations that the member manages', async () => {
      const me = await call('GET', '/v2/userinfo', { token: manager });
      expect(me.json).toMatchObject({ sub: account('Alice Adams').id, given_name: 'Alice' });
      const path =
        '/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&count=100&start=0';
      const acls = await call('GET', path, { token: manager });
      expect(acls.json).toMatchObject({ elements: [{ organization, role: 'ADMINISTRATOR' }] });
      const id = organization.split(':').at(-1) ?? '';
      const names = await call('GET', `/rest/organizations?ids=List(${id})`, { token: manager });
      expect(names.json).toMatchObject({ results: { [id]: { localizedName: 'Sandbox Works' } } });
      expect((await call('GET', path)).status).toBe(403);
    });
  });

  describe('a token that is not good', () => {
    it.each([
      ['expire', 65602],
      ['revoke', 65601],
    ] as const)('after %s is refused with %d', async (action, serviceErrorCode) => {
      sandbox.control.endTokens('linkedin', account('Bob Brown').id, action);
      expect(await post()).toMatchObject({ status: 401, json: { serviceErrorCode } });
    });

    it('is refused when it is unknown or missing, and a restricted member in other words', async () => {
      expect((await post({}, { token: 'x' })).json).toMatchObject({ code: 'INVALID_ACCESS_TOKEN' });
      const none = await post({}, { headers: { authorization: null } });
      expect(none.json).toMatchObject({ message: 'Empty oauth2_access_token' });
      sandbox.control.createAccount('linkedin', { id: account('Bob Brown').id, restricted: true });
      expect(await post()).toMatchObject({ status: 401, json: { message: 'Member is restricted' } });
    });
  });

  describe('headers and addresses', () => {
    it('need a version that lives, the protocol, and escaped URNs', async () => {
      const version = (value: string | null): Promise<Answer> =>
        post({}, { headers: { 'linkedin-version': value } });
      expect(await version(null)).toMatchObject({ status: 400, json: { code: 'VERSION_MISSING' } });
      expect(await version('202510')).toMatchObject({ status: 426, json: { code: 'NONEXISTENT_VERSION' } });
      expect((await post({}, { headers: { 'x-restli-protocol-version': null } })).status).toBe(400);
      expect((await call('DELETE', '/rest/posts/urn:li:share:1')).status).toBe(400);
    });

    it('need the verb of a finder and of a partial update', async () => {
      const path = `/rest/posts?author=${enc(organization)}&q=author`;
      expect((await call('GET', path, { token: manager })).status).toBe(400);
      const body = { patch: { $set: { commentary: 'x' } } };
      expect((await call('POST', '/rest/posts/urn%3Ali%3Ashare%3A1', { body })).status).toBe(400);
    });
  });

  describe('a post', () => {
    it('is answered with 201, nothing but headers, and is in the inbox', async () => {
      const answer = await post({ commentary: 'Grüße \\(all\\) #go' });
      expect(answer).toMatchObject({ status: 201, json: {} });
      expect(idOf(answer)).toMatch(/^urn:li:share:\d{19}$/);
      expect(inbox()).toMatchObject([
        {
          account: account('Bob Brown').id,
          postId: idOf(answer),
          text: 'Grüße (all) #go',
          visibility: 'public',
        },
      ]);
    });

    it('is cut where something is not escaped, and the sandbox says so', async () => {
      await post({ commentary: 'before (after)' });
      expect(inbox()).toMatchObject([{ text: 'before ' }]);
      expect(sandbox.control.unexpected('linkedin')).toMatchObject([{ what: 'field' }]);
      sandbox.control.clearUnexpected();
    });

    it('has at most 3,000 characters, counted without escapes', async () => {
      expect((await post({ commentary: '\\_'.repeat(3_000) })).status).toBe(201);
      const longer = await post({ commentary: '\\_'.repeat(3_001) });
      expect(longer).toMatchObject({ status: 400, json: { code: 'FIELD_LENGTH_TOO_LONG' } });
    });

    it.each<[string, JsonObject, number]>([
      ['nobody', { author: 'Bob' }, 403],
      ['somebody else', { author: 'urn:li:person:other' }, 403],
      ['an organization without its permission', { author: 'urn:li:organization:5000001' }, 400],
    ])('by %s is refused', async (_whose, fields, status) => {
      expect((await post(fields)).status).toBe(status);
      expect(inbox()).toEqual([]);
    });

    it.each<[string, JsonObject, number]>([
      ['an unknown visibility', { visibility: 'EVERYBODY' }, 422],
      ['no distribution', { distribution: {} }, 422],
      ['a draft', { lifecycleState: 'DRAFT' }, 400],
      ['nothing', { commentary: '' }, 400],
      ['two kinds of content', { content: { article: { source: 'https://a.example' }, poll: {} } }, 422],
      ['a picture that is none', { content: { media: { id: 'urn:li:image:none' } } }, 400],
      ['one picture as several', { content: { multiImage: { images: [{ id: 'urn:li:image:x' }] } } }, 400],
      ['a poll of one option', { content: { poll: { question: 'A?', options: [{ text: 'a' }] } } }, 400],
    ])('with %s is refused', async (_what, fields, status) => {
      expect((await post(fields)).status).toBe(status);
      expect(inbox()).toEqual([]);
    });

    it('needs a role in the organization', async () => {
      const { details } = sandbox.control.createAccount('linkedin', {
        ...{ kind: 'organization', name: 'Analysts', role: 'ANALYST', admin: account('Alice Adams').id },
      });
      const author = stringAt(details ?? {}, 'urn') ?? '';
      const answer = await postAs({ author });
      expect(answer).toMatchObject({ status: 403, json: { serviceErrorCode: 100 } });
    });

    it('of the same words is a duplicate, and a deleted one haunts', async () => {
      const first = await post();
      const second = await post();
      expect(second).toMatchObject({ status: 422 });
      expect(stringAt(second.json, 'message')).toContain(idOf(first));
      expect((await call('DELETE', `/rest/posts/${enc(idOf(first))}`)).status).toBe(204);
      sandbox.control.configure('linkedin', { ghostDuplicates: true });
      const [one, other] = [await post(), await post()];
      expect([one.status, other.status]).toEqual([422, 422]);
      expect(one.json['message']).not.toEqual(other.json['message']);
      sandbox.control.advanceClock(49 * HOUR_MS);
      expect((await post()).status).toBe(201);
    });

    it('too many a day is refused until midnight, without a header', async () => {
      sandbox.control.configure('linkedin', { postsPerMemberDay: 1 });
      expect((await post()).status).toBe(201);
      const answer = await post({ commentary: 'Two' });
      expect(answer).toMatchObject({ status: 429, json: { code: 'TOO_MANY_REQUESTS' } });
      expect(answer.headers.get('retry-after')).toBeNull();
      sandbox.control.advanceClock(24 * HOUR_MS);
      expect((await post({ commentary: 'Two' })).status).toBe(201);
    });

    it('may be dropped after it was taken', async () => {
      sandbox.control.configure('linkedin', { publishFails: true });
      const urn = idOf(await postAs());
      const seen = await call('GET', `/rest/posts/${enc(urn)}`, { token: manager });
      expect(seen.json).toMatchObject({ lifecycleState: 'PUBLISH_FAILED' });
      expect(inbox()).toEqual([]);
    });

    it('with a link shows what was sent with it, and a poll its options', async () => {
      await post({ content: { article: { source: 'https://a.example/', title: 'A' } } });
      const poll = {
        question: 'Which?',
        options: [{ text: 'a' }, { text: 'b' }],
        settings: { duration: 'ONE_DAY' },
      };
      const answer = await post({ content: { poll } });
      expect(idOf(answer)).toContain('urn:li:ugcPost:');
      expect(inbox()).toMatchObject([
        { linkCard: { url: 'https://a.example/', title: 'A', image: null } },
        { extra: { poll } },
      ]);
    });

    it('can be shared again unless its author does not want it', async () => {
      const open = idOf(await post({ commentary: 'open' }));
      const closed = idOf(await post({ commentary: 'closed', isReshareDisabledByAuthor: true }));
      expect((await postAs({ commentary: '', reshareContext: { parent: open } })).status).toBe(201);
      expect((await postAs({ commentary: '', reshareContext: { parent: closed } })).status).toBe(403);
      expect(inbox().at(-1)).toMatchObject({ extra: { reshareOf: open } });
    });

    it('can be changed and deleted by its author, and is gone for good', async () => {
      const urn = idOf(await post());
      const path = `/rest/posts/${enc(urn)}`;
      const change = {
        body: { patch: { $set: { commentary: 'Other' } } },
        headers: { 'x-restli-method': 'PARTIAL_UPDATE' },
      };
      expect((await call('POST', path, change)).status).toBe(204);
      expect(inbox()).toMatchObject([{ text: 'Other', extra: { edited: true } }]);
      expect((await call('DELETE', path, { token: manager })).status).toBe(403);
      expect((await call('DELETE', path)).status).toBe(204);
      expect((await call('DELETE', path)).status).toBe(204);
      expect(inbox()).toEqual([]);
    });
  });

  describe('files', () => {
    it('are usable after a while, by their owner', async () => {
      const id = await upload('image', await picture());
      const content = { media: { id, altText: 'Teal' } };
      expect(await post({ content })).toMatchObject({
        status: 400,
        json: { code: 'MEDIA_ASSET_WAITING_UPLOAD' },
      });
      expect((await call('GET', `/rest/images/${enc(id)}`)).status).toBe(403);
      const seen = (): Promise<Answer> => call('GET', `/rest/images/${enc(id)}`, { token: manager });
      expect((await seen()).json).toMatchObject({ status: 'PROCESSING' });
      ready();
      expect((await seen()).json).toMatchObject({ status: 'AVAILABLE' });
      expect(await postAs({ content })).toMatchObject({ status: 400 });
      expect((await post({ content })).status).toBe(201);
      expect(inbox()).toMatchObject([{ media: [{ kind: 'image', alt: 'Teal', width: 30, height: 20 }] }]);
    });

    it('go out by the dozen', async () => {
      const ids = [await upload('image', await picture()), await upload('image', await picture())];
      ready();
      const images = ids.map((id, index) => ({ id, altText: `No ${index}` }));
      expect((await post({ content: { multiImage: { images } } })).status).toBe(201);
      expect(inbox()).toMatchObject([{ media: [{ alt: 'No 0' }, { alt: 'No 1' }] }]);
    });

    it('that are no pictures fail', async () => {
      const id = await upload('image', Buffer.from('no picture'));
      ready();
      expect((await post({ content: { media: { id } } })).json).toMatchObject({
        code: 'MEDIA_ASSET_PROCESSING_FAILED',
      });
    });

    it('as documents need a title', async () => {
      const id = await upload('document', Buffer.from('%PDF-1.7 …'));
      ready();
      expect((await post({ content: { media: { id } } })).json).toMatchObject({ code: 'MISSING_FIELD' });
      expect((await post({ content: { media: { id, title: 'Paper' } } })).status).toBe(201);
      expect(inbox()).toMatchObject([
        { media: [{ kind: 'file', mimeType: 'application/pdf' }], extra: { title: 'Paper' } },
      ]);
    });

    it('cannot be sent to an address that has ended', async () => {
      const value = objectAt((await initialize('images', {})).json, 'value') ?? {};
      sandbox.control.advanceClock(25 * HOUR_MS);
      expect((await put(stringAt(value, 'uploadUrl') ?? '', await picture())).status).toBe(401);
    });

    it('of another owner are not registered', async () => {
      expect((await initialize('images', { owner: urnOf('Alice Adams') })).status).toBe(403);
      const answer = await initialize('images', { owner: organization });
      expect(answer).toMatchObject({ status: 400 });
      expect(stringAt(answer.json, 'message')).toContain('Organization permissions must be used');
    });
  });

  describe('a video', () => {
    const bytes = Buffer.concat([Buffer.from('0000ftypisom'), randomBytes(10_000)]);

    beforeEach(() => sandbox.control.configure('linkedin', { partBytes: 4_096, minVideoBytes: 0 }));

    async function parts(): Promise<{ video: string; urls: string[] }> {
      const value =
        objectAt((await initialize('videos', { fileSizeBytes: bytes.length })).json, 'value') ?? {};
      const instructions = value['uploadInstructions'];
      const urls = (Array.isArray(instructions) ? instructions : [])
        .filter(isJsonObject)
        .map((instruction) => stringAt(instruction, 'uploadUrl') ?? '');
      return { video: stringAt(value, 'video') ?? '', urls };
    }

    const finalize = (video: string, uploadedPartIds: string[]): Promise<Answer> =>
      call('POST', '/rest/videos?action=finalizeUpload', {
        body: { finalizeUploadRequest: { video, uploadToken: '', uploadedPartIds } },
      });

    it('is sent in parts, each to its own address, and finished by their tags in order', async () => {
      const { video, urls } = await parts();
      expect(urls).toHaveLength(3);
      const tags: string[] = [];
      for (const [index, url] of urls.entries()) {
        const answer = await put(url, bytes.subarray(index * 4_096, (index + 1) * 4_096));
        tags.push(answer.headers.get('etag') ?? '');
      }
      expect((await finalize(video, tags.slice(1))).status).toBe(400);
      expect((await finalize(video, [...tags].reverse())).status).toBe(400);
      expect((await finalize(video, tags)).status).toBe(200);
      const status = async (): Promise<unknown> =>
        (await call('GET', `/rest/videos/${enc(video)}`)).json['status'];
      expect(await status()).toBe('PROCESSING');
      ready();
      expect(await status()).toBe('AVAILABLE');
      const answer = await post({ content: { media: { id: video, title: 'Clip' } } });
      expect(idOf(answer)).toContain('urn:li:ugcPost:');
      expect(inbox()).toMatchObject([
        { media: [{ kind: 'video', bytes: bytes.length }], extra: { title: 'Clip' } },
      ]);
    });

    it('takes no part of another size, and is not finished before all are there', async () => {
      const { video, urls } = await parts();
      expect((await put(urls[0] ?? '', bytes)).status).toBe(400);
      expect((await finalize(video, [])).status).toBe(400);
    });

    it('that is too small fails, with the reason', async () => {
      sandbox.control.configure('linkedin', { partBytes: 100_000, minVideoBytes: 75_000 });
      const { video, urls } = await parts();
      const tag = (await put(urls[0] ?? '', bytes)).headers.get('etag') ?? '';
      await finalize(video, [tag]);
      ready();
      expect((await call('GET', `/rest/videos/${enc(video)}`)).json).toMatchObject({
        status: 'PROCESSING_FAILED',
        processingFailureReason: 'VIDEO_TOO_SMALL',
      });
    });
  });

  describe('afterwards', () => {
    const commentOn = (urn: string, text = 'First', send: Send = {}): Promise<Answer> =>
      call('POST', `/rest/socialActions/${enc(urn)}/comments`, {
        body: { actor: person, object: urn, message: { text } },
        ...send,
      });

    it('a comment can be made once the feed knows the post, and taken back', async () => {
      sandbox.control.configure('linkedin', { activityLagMs: 60_000 });
      const urn = idOf(await post());
      expect(await commentOn(urn, 'First')).toMatchObject({ status: 404 });
      ready();
      const answer = await commentOn(urn, 'First');
      expect(answer).toMatchObject({ status: 201, json: { id: idOf(answer) } });
      expect(inbox()).toMatchObject([{ postId: urn }, { postId: idOf(answer), replyTo: urn, text: 'First' }]);
      const path = `/rest/socialActions/${enc(urn)}/comments/${idOf(answer)}?actor=${enc(person)}`;
      expect((await call('DELETE', path)).status).toBe(204);
      expect(inbox()).toHaveLength(1);
    });

    it('an organization reads the comments on its post; a member reads none', async () => {
      const urn = idOf(await postAs());
      const made = idOf(await commentOn(urn, 'First'));
      const path = `/rest/socialActions/${enc(urn)}/comments`;
      expect((await call('GET', `${path}?count=10&start=0`, { token: manager })).json).toMatchObject({
        elements: [{ id: made, actor: person, message: { text: 'First' }, created: { actor: person } }],
      });
      const behind = await call('GET', `${path}?count=10&start=1`, { token: manager });
      expect(behind.json).toMatchObject({ elements: [] });
      expect((await call('GET', path)).status).toBe(403);
    });

    it('comments have their own length and their own throttle', async () => {
      sandbox.control.configure('linkedin', { commentsPerMinute: 1 });
      const urn = idOf(await post());
      expect((await commentOn(urn, 'x'.repeat(1_251))).status).toBe(400);
      expect((await commentOn(urn, 'x'.repeat(1_250))).status).toBe(201);
      expect((await commentOn(urn, 'again')).status).toBe(429);
      ready();
      expect((await commentOn(urn, 'again')).status).toBe(201);
    });

    it('an organization reads its posts, with their lag; a member reads none', async () => {
      sandbox.control.configure('linkedin', { readLagMs: 60_000 });
      const urns = [idOf(await postAs({ commentary: 'one' })), idOf(await postAs({ commentary: 'two' }))];
      const find = (author: string, bearer: string): Promise<Answer> =>
        call('GET', `/rest/posts?author=${enc(author)}&q=author&count=10&sortBy=CREATED`, {
          token: bearer,
          headers: { 'x-restli-method': 'FINDER' },
        });
      expect((await find(organization, manager)).json).toMatchObject({ elements: [] });
      ready();
      expect((await find(organization, manager)).json).toMatchObject({
        elements: [{ id: urns[1], commentary: 'two', lifecycleState: 'PUBLISHED' }, { id: urns[0] }],
      });
      expect((await find(person, member)).status).toBe(403);
    });

    it('the figures of a post are those of its page, and are missing where nobody has looked', async () => {
      const urn = idOf(await postAs());
      const path = `/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=${enc(organization)}&shares=List(${enc(urn)})`;
      expect((await call('GET', path, { token: manager })).json).toMatchObject({ elements: [] });
      sandbox.control.configure('linkedin', { statistics: { impressionCount: 12 } });
      const like = { root: urn, reactionType: 'LIKE' };
      await call('POST', `/rest/reactions?actor=${enc(person)}`, { body: like });
      expect((await call('GET', path, { token: manager })).json).toMatchObject({
        elements: [{ share: urn, totalShareStatistics: { impressionCount: 12, likeCount: 1 } }],
      });
      const actions = await call('GET', `/rest/socialActions/${enc(urn)}`, { token: manager });
      expect(actions.json).toMatchObject({ likesSummary: { totalLikes: 1 } });
    });
  });
});
