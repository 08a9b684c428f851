import { isJsonObject, objectAt, parseJson, stringAt, type JsonObject } from '../core/json.js';
import type { Sandbox } from '../sandbox.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
}

export type Params = Readonly<Record<string, string>>;

const APP = { client_key: 'tiktok-app', client_secret: 'tiktok-app-secret' };
const REDIRECT = 'http://127.0.0.1:3000/callback';

export const ALL_SCOPES =
  'user.info.basic,user.info.profile,user.info.stats,video.publish,video.upload,video.list';

/** What the specs of this simulator need: it speaks to it as every client does. */
export class TiktokRig {
  token = '';

  constructor(private readonly sandbox: Sandbox) {}

  get api(): string {
    return this.sandbox.info().platforms['tiktok']?.hosts['API'] ?? '';
  }

  get auth(): string {
    return this.sandbox.info().platforms['tiktok']?.hosts['AUTH'] ?? '';
  }

  async code(account: string, scope = ALL_SCOPES, fields: Params = {}): Promise<string> {
    const body = new URLSearchParams({
      ...{ response_type: 'code', client_key: APP.client_key, redirect_uri: REDIRECT, scope, state: 'st' },
      ...{ account, decision: 'allow', ...fields },
    });
    const answer = await fetch(`${this.auth}/v2/auth/authorize/`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  }

  give(fields: Params): Promise<Answer> {
    const body = new URLSearchParams({ ...APP, ...fields });
    return this.send(`${this.api}/v2/oauth/token/`, { method: 'POST', body });
  }

  redeem(code: string): Promise<Answer> {
    return this.give({ grant_type: 'authorization_code', redirect_uri: REDIRECT, code });
  }

  refresh(token: string): Promise<Answer> {
    return this.give({ grant_type: 'refresh_token', refresh_token: token });
  }

  async logIn(account: string, scope = ALL_SCOPES): Promise<void> {
    const { json } = await this.redeem(await this.code(account, scope));
    this.token = stringAt(json, 'access_token') ?? '';
  }

  get(path: string): Promise<Answer> {
    return this.send(`${this.api}${path}`, { headers: { authorization: `Bearer ${this.token}` } });
  }

  post(path: string, body?: JsonObject): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      'content-type': 'application/json; charset=UTF-8',
    };
    const written = body === undefined ? {} : { body: JSON.stringify(body) };
    return this.send(`${this.api}${path}`, { method: 'POST', headers, ...written });
  }

  put(address: string, bytes: Buffer, range: string, type = 'video/mp4'): Promise<Answer> {
    const headers = { 'content-type': type, 'content-range': range };
    return this.send(address, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  }

  video(source: JsonObject, post: JsonObject = {}): Promise<Answer> {
    const post_info = { title: 'Look #this', privacy_level: 'PUBLIC_TO_EVERYONE', ...post };
    return this.post('/v2/post/publish/video/init/', { post_info, source_info: source });
  }

  draft(source: JsonObject): Promise<Answer> {
    return this.post('/v2/post/publish/inbox/video/init/', { source_info: source });
  }

  photos(urls: readonly string[], change: JsonObject = {}, post: JsonObject = {}): Promise<Answer> {
    return this.post('/v2/post/publish/content/init/', {
      ...{ media_type: 'PHOTO', post_mode: 'DIRECT_POST' },
      post_info: { title: 'Heading', description: 'Words', privacy_level: 'PUBLIC_TO_EVERYONE', ...post },
      source_info: { source: 'PULL_FROM_URL', photo_cover_index: 0, photo_images: [...urls] },
      ...change,
    });
  }

  async upload(bytes: Buffer, post: JsonObject = {}): Promise<string> {
    const sizes = { video_size: bytes.length, chunk_size: bytes.length, total_chunk_count: 1 };
    const begun = await this.video({ source: 'FILE_UPLOAD', ...sizes }, post);
    const range = `bytes 0-${bytes.length - 1}/${bytes.length}`;
    const sent = await this.put(dataOf(begun, 'upload_url'), bytes, range);
    if (sent.status !== 201) throw new Error(`the upload was answered with ${sent.status}`);
    return dataOf(begun, 'publish_id');
  }

  status(publish_id: string): Promise<Answer> {
    return this.post('/v2/post/publish/status/fetch/', { publish_id });
  }

  list(body: JsonObject = {}, fields = 'id,title,create_time'): Promise<Answer> {
    return this.post(`/v2/video/list/?fields=${fields}`, body);
  }

  private async send(address: string, init: RequestInit): Promise<Answer> {
    const answer = await fetch(address, init);
    const text = await answer.text();
    const parsed = text.startsWith('{') ? parseJson(text) : {};
    return { status: answer.status, headers: answer.headers, text, json: isJsonObject(parsed) ? parsed : {} };
  }
}

export function dataOf({ json }: Answer, name: string): string {
  return stringAt(objectAt(json, 'data') ?? {}, name) ?? '';
}

/** The status and the code of an answer. */
export function errorOf({ status, json }: Answer): readonly unknown[] {
  return [status, stringAt(objectAt(json, 'error') ?? {}, 'code')];
}

/** As much of a film as is looked at: its length and the size of its picture. */
export function film(width: number, height: number, seconds: number): Buffer {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1000, 12);
  header.writeUInt32BE(seconds * 1000, 16);
  const track = Buffer.alloc(84);
  track.writeUInt32BE(width * 65_536, 76);
  track.writeUInt32BE(height * 65_536, 80);
  const movie = Buffer.concat([box('mvhd', header), box('trak', box('tkhd', track))]);
  return Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', movie)]);
}

export function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
