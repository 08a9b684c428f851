import { createServer, type Server } from 'node:http';
import sharp, { type Sharp } from 'sharp';
import { isJsonObject, numberAt, objectAt, stringAt, type JsonObject } from '../core/json.js';
import { closeServer, listenOnLoopback } from '../core/loopback.js';
import type { SandboxControl } from '../control/sandbox.control.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { FACEBOOK_APP, INSTAGRAM_APP } from './instagram.oauth.js';
import { createInstagramSimulator } from './instagram.simulator.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
}

export type Params = Readonly<Record<string, string>>;
type Host = 'API' | 'TOKEN' | 'AUTH' | 'GRAPH' | 'DIALOG' | 'UPLOAD';

export const REDIRECT = 'http://127.0.0.1:3000/callback';
export const ALICE = '17841400000000001';
const VERSION = '/v26.0';
const SCOPES = 'basic,content_publish,manage_comments,manage_insights';
export const INSTAGRAM_SCOPES = SCOPES.replaceAll(/(^|,)/g, '$1instagram_business_');
export const FACEBOOK_SCOPES = `${SCOPES.replaceAll(/(^|,)/g, '$1instagram_')},instagram_manage_contents,pages_show_list,pages_read_engagement`;

/** What the specs of this simulator ask it for, as a client would: with a server for the files that it is to fetch. */
export class InstagramRig {
  private readonly served = new Map<string, { readonly type: string; readonly bytes: Buffer }>();
  private token = '';

  private constructor(
    private readonly sandbox: Sandbox,
    private readonly files: Server,
    readonly filesUrl: string,
  ) {}

  static async open(): Promise<InstagramRig> {
    const simulators = [{ key: 'instagram', create: createInstagramSimulator }];
    const sandbox = await startSandbox({ port: 0, simulators });
    const files = createServer((request, response) => {
      const file = bench.served.get(request.url ?? '');
      response.writeHead(file === undefined ? 404 : 200, { 'content-type': file?.type ?? 'text/plain' });
      response.end(file?.bytes);
    });
    const filesUrl = `http://127.0.0.1:${await listenOnLoopback(files, 0)}`;
    const bench: InstagramRig = new InstagramRig(sandbox, files, filesUrl);
    await bench.servePictures();
    return bench;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await closeServer(this.files);
  }

  get control(): SandboxControl {
    return this.sandbox.control;
  }

  url(host: Host): string {
    return this.sandbox.info().platforms['instagram']?.hosts[host] ?? '';
  }

  serve(name: string, type: string, bytes: Buffer): string {
    this.served.set(`/${name}`, { type, bytes });
    return `${this.filesUrl}/${name}`;
  }

  /** As it was, with Alice logged in. */
  async reset(): Promise<void> {
    this.control.reset();
    this.token = await this.longToken();
  }

  async get(path: string, params: Params = {}, access = this.token, host: Host = 'API'): Promise<Answer> {
    const query = new URLSearchParams({ ...params, access_token: access });
    return read(await fetch(`${this.url(host)}${path}?${query.toString()}`));
  }

  async post(path: string, params: Params, access = this.token, host: Host = 'API'): Promise<Answer> {
    const headers = { authorization: `Bearer ${access}` };
    const body = new URLSearchParams(params);
    return read(await fetch(`${this.url(host)}${VERSION}${path}`, { method: 'POST', body, headers }));
  }

  async delete(path: string, access = this.token, host: Host = 'API'): Promise<Answer> {
    const url = `${this.url(host)}${VERSION}${path}?access_token=${access}`;
    return read(await fetch(url, { method: 'DELETE' }));
  }

  see(path: string, params: Params = {}, access = this.token): Promise<Answer> {
    return this.get(`${VERSION}${path}`, params, access);
  }

  container(params: Params, access = this.token): Promise<Answer> {
    return this.post('/me/media', params, access);
  }

  publish(id: string, access = this.token): Promise<Answer> {
    return this.post('/me/media_publish', { creation_id: id }, access);
  }

  async statusOf(id: string): Promise<JsonObject> {
    return (await this.see(`/${id}`, { fields: 'status_code,status' })).json;
  }

  /** Both steps, with the time that processing takes in between. */
  async write(params: Params): Promise<string> {
    const made = await this.container(params);
    this.control.advanceClock(10_000);
    const published = await this.publish(idOf(made));
    if (published.status !== 200) throw new Error(`not published: ${made.text} ${published.text}`);
    return idOf(published);
  }

  async consent(login: 'instagram' | 'facebook', scope: string, fields: Params = {}): Promise<URL> {
    const app = login === 'instagram' ? INSTAGRAM_APP : FACEBOOK_APP;
    const page =
      login === 'instagram'
        ? `${this.url('AUTH')}/oauth/authorize`
        : `${this.url('DIALOG')}${VERSION}/dialog/oauth`;
    const asked = {
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: REDIRECT,
      scope,
      state: 'st',
    };
    const body = new URLSearchParams({ ...asked, decision: 'allow', ...fields });
    const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '');
  }

  async redeem(code: string, more: Params = {}): Promise<Answer> {
    const { clientId: client_id, clientSecret: client_secret } = INSTAGRAM_APP;
    const usual = {
      client_id,
      client_secret,
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT,
      code,
    };
    const body = new URLSearchParams({ ...usual, ...more });
    return read(await fetch(`${this.url('TOKEN')}/oauth/access_token`, { method: 'POST', body }));
  }

  exchange(access: string): Promise<Answer> {
    const params = { grant_type: 'ig_exchange_token', client_secret: INSTAGRAM_APP.clientSecret };
    return this.get('/access_token', params, access);
  }

  async shortToken(scope = INSTAGRAM_SCOPES, fields: Params = {}): Promise<string> {
    const back = await this.consent('instagram', scope, fields);
    const answer = await this.redeem(back.searchParams.get('code') ?? '');
    return stringAt(answer.json, 'access_token') ?? '';
  }

  async longToken(scope = INSTAGRAM_SCOPES, fields: Params = {}): Promise<string> {
    return stringAt((await this.exchange(await this.shortToken(scope, fields))).json, 'access_token') ?? '';
  }

  /** The long-lived token of whoever logs in at Facebook. */
  async facebookToken(scope = FACEBOOK_SCOPES, fields: Params = {}): Promise<string> {
    const code = (await this.consent('facebook', scope, fields)).searchParams.get('code') ?? '';
    const app = { client_id: FACEBOOK_APP.clientId, client_secret: FACEBOOK_APP.clientSecret };
    const ask = async (params: Params): Promise<string> => {
      const query = new URLSearchParams({ ...app, ...params });
      const url = `${this.url('GRAPH')}${VERSION}/oauth/access_token?${query.toString()}`;
      return stringAt((await read(await fetch(url))).json, 'access_token') ?? '';
    };
    const short = await ask({ redirect_uri: REDIRECT, code });
    return ask({ grant_type: 'fb_exchange_token', fb_exchange_token: short });
  }

  async upload(uri: string, bytes: Buffer, headers: Params): Promise<Answer> {
    const body = new Uint8Array(bytes);
    const type = { 'content-type': 'application/octet-stream' };
    return read(await fetch(uri, { method: 'POST', body, headers: { ...type, ...headers } }));
  }

  private async servePictures(): Promise<void> {
    const picture = (width: number, height: number): Sharp =>
      sharp({ create: { width, height, channels: 3, background: 'teal' } });
    this.serve('picture.jpg', 'image/jpeg', await picture(400, 400).jpeg().toBuffer());
    this.serve('small.jpg', 'image/jpeg', await picture(160, 160).jpeg().toBuffer());
    this.serve('tall.jpg', 'image/jpeg', await picture(300, 600).jpeg().toBuffer());
    this.serve('picture.png', 'image/png', await picture(400, 400).png().toBuffer());
    this.serve('clip.mp4', 'video/mp4', movie({ seconds: 5 }));
  }
}

export async function read(answer: Response): Promise<Answer> {
  const text = await answer.text();
  const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  return { status: answer.status, headers: answer.headers, text, json: isJsonObject(parsed) ? parsed : {} };
}

export function idOf({ json }: Answer): string {
  return stringAt(json, 'id') ?? '';
}

export function errorOf({ status, json }: Answer): readonly unknown[] {
  const error = objectAt(json, 'error') ?? {};
  return [status, numberAt(error, 'code'), numberAt(error, 'error_subcode')];
}

/** As much of a film as can be judged: a head and no pictures. */
export function movie({
  seconds,
  width = 540,
  height = 960,
}: {
  seconds: number;
  width?: number;
  height?: number;
}): Buffer {
  const head = Buffer.alloc(100);
  head.writeUInt32BE(1000, 12);
  head.writeUInt32BE(seconds * 1000, 16);
  const track = Buffer.alloc(84);
  track.writeUInt32BE(width << 16, 76);
  track.writeUInt32BE(height << 16, 80);
  const moov = box('moov', Buffer.concat([box('mvhd', head), box('trak', box('tkhd', track))]));
  return Buffer.concat([box('ftyp', Buffer.from('isom')), moov, box('mdat', Buffer.from('pictures'))]);
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
