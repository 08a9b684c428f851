import type { PlatformAccount } from '../control/sandbox.control.js';
import { isJsonObject, objectAt, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { SCOPES } from './pinterest.oauth.js';
import { createPinterestSimulator } from './pinterest.simulator.js';

const REDIRECT = 'http://127.0.0.1:3000/callback';
const BASIC = `Basic ${Buffer.from('1490000:pinterest-app-secret').toString('base64')}`;
const BOARD = '700';

interface Registered {
  readonly id: string;
  readonly address: string;
  readonly parameters: readonly (readonly [string, string])[];
}

describe('videos of the Pinterest simulator', () => {
  let sandbox: Sandbox;
  let alice: PlatformAccount;
  let token: string;

  beforeAll(async () => {
    const simulators = [{ key: 'pinterest', create: createPinterestSimulator }];
    sandbox = await startSandbox({ port: 0, simulators });
  });
  beforeEach(async () => {
    sandbox.control.reset();
    const boards = [{ id: BOARD, name: 'Films' }];
    alice = sandbox.control.createAccount('pinterest', { name: 'Ann', boards });
    token = await logIn(alice.id);
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  const url = (host: 'API' | 'AUTH'): string => sandbox.info().platforms['pinterest']?.hosts[host] ?? '';

  async function read(answer: Response): Promise<{ status: number; json: JsonObject }> {
    const parsed = (await answer.json().catch(() => ({}))) as JsonValue;
    return { status: answer.status, json: isJsonObject(parsed) ? parsed : {} };
  }

  async function call(method: string, path: string, body?: JsonObject) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    return read(await fetch(`${url('API')}/v5${path}`, { method, headers, ...content }));
  }

  async function logIn(account: string): Promise<string> {
    const form = new URLSearchParams({
      ...{ response_type: 'code', client_id: '1490000', redirect_uri: REDIRECT, scope: SCOPES.join(' ') },
      ...{ account, decision: 'allow' },
    });
    const init = { method: 'POST', body: form, redirect: 'manual' } as const;
    const consent = await fetch(`${url('AUTH')}/oauth/`, init);
    const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
    const headers = { authorization: BASIC };
    const given = await read(await fetch(`${url('API')}/v5/oauth/token`, { method: 'POST', body, headers }));
    return stringAt(given.json, 'access_token') ?? '';
  }

  async function register(): Promise<Registered> {
    const { json } = await call('POST', '/media', { media_type: 'video' });
    const parameters = Object.entries(objectAt(json, 'upload_parameters') ?? {});
    return {
      id: stringAt(json, 'media_id') ?? '',
      address: stringAt(json, 'upload_url') ?? '',
      parameters: parameters.map(([name, value]) => [name, String(value)] as const),
    };
  }

  async function upload(
    { address, parameters }: Registered,
    { fileFirst = false, without = '', headers = {} } = {},
  ): Promise<{ status: number; text: string }> {
    const form = new FormData();
    if (fileFirst) form.append('file', new Blob([film(5_000)]), 'film.mp4');
    for (const [name, value] of parameters.filter(([name]) => name !== without)) form.append(name, value);
    if (!fileFirst) form.append('file', new Blob([film(5_000)]), 'film.mp4');
    const answer = await fetch(address, { method: 'POST', body: form, headers });
    return { status: answer.status, text: await answer.text() };
  }

  const statusOf = async (id: string): Promise<unknown> => (await call('GET', `/media/${id}`)).json['status'];
  const pin = (media_id: string, cover: JsonObject) => {
    const media_source = { source_type: 'video_id', media_id, ...cover };
    return call('POST', '/pins', { board_id: BOARD, media_source });
  };

  it('are registered, taken by the storage, processed, and need a cover', async () => {
    const registered = await register();
    expect(await statusOf(registered.id)).toBe('registered');
    expect(await upload(registered)).toEqual({ status: 204, text: '' });
    expect(await statusOf(registered.id)).toBe('processing');
    const cover = { cover_image_key_frame_time: 1 };
    expect(await pin(registered.id, cover)).toMatchObject({ status: 400, json: { code: 1 } });
    sandbox.control.advanceClock(2_000);
    expect(await statusOf(registered.id)).toBe('succeeded');
    const bare = await pin(registered.id, {});
    expect(bare).toMatchObject({ status: 400, json: { code: 1 } });
    expect(bare.json['message']).toContain('cover_image_url or cover_image_content_type');
    expect(await pin(registered.id, cover)).toMatchObject({
      status: 201,
      json: { creative_type: 'VIDEO', media: { media_type: 'video', duration: null } },
    });
    expect(sandbox.control.inbox()).toMatchObject([
      { media: [{ kind: 'video', width: 540, height: 960 }], extra: { cover: { keyFrameTime: 1 } } },
    ]);
  });

  it('fail when they are too short, or when processing fails', async () => {
    sandbox.control.configure('pinterest', { minVideoMs: 6_000 });
    const short = await register();
    expect((await upload(short)).status).toBe(204);
    sandbox.control.configure('pinterest', { minVideoMs: 4_000, videoFails: true });
    const broken = await register();
    expect((await upload(broken)).status).toBe(204);
    sandbox.control.advanceClock(2_000);
    expect([await statusOf(short.id), await statusOf(broken.id)]).toEqual(['failed', 'failed']);
    expect((await pin(broken.id, { cover_image_key_frame_time: 0 })).status).toBe(400);
  });

  it('are refused by the storage for a form that is not as it was signed', async () => {
    const registered = await register();
    const problem = (status: number, code: string) => ({
      status,
      text: expect.stringContaining(`<Code>${code}</Code>`) as unknown,
    });
    expect(await upload(registered, { fileFirst: true })).toEqual(problem(400, 'InvalidArgument'));
    expect(await upload(registered, { without: 'policy' })).toEqual(problem(403, 'AccessDenied'));
    const headers = { authorization: `Bearer ${token}` };
    expect(await upload(registered, { headers })).toEqual(problem(400, 'InvalidArgument'));
    sandbox.control.advanceClock(10 * 60_000);
    const late = await upload(registered);
    expect(late).toEqual(problem(403, 'AccessDenied'));
    expect(late.text).toContain('Policy expired');
    expect(await statusOf(registered.id)).toBe('registered');
  });
});

/** Head of an MP4 of 540 by 960. */
function film(ms: number): Buffer {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1_000, 12);
  header.writeUInt32BE(ms, 16);
  const track = Buffer.alloc(84);
  track.writeUInt32BE(540 * 65_536, 76);
  track.writeUInt32BE(960 * 65_536, 80);
  const moov = box('moov', box('mvhd', header), box('trak', box('tkhd', track)));
  return Buffer.concat([box('ftyp', Buffer.from('isom')), moov]);
}

function box(type: string, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
