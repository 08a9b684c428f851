import sharp from 'sharp';
import type { InboxEntry } from '../core/inbox.js';
import { arrayAt, isJsonObject, numberAt, objectAt, stringAt, type JsonObject } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createTumblrSimulator } from './tumblr.simulator.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
}

export interface Part {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

const APP = { client_id: 'tumblr-app', client_secret: 'tumblr-app-secret' };
const REDIRECT = 'http://127.0.0.1:3000/callback';
const SCOPE = 'basic write offline_access';

/** What the specs of this simulator need: it speaks to it as every client does. */
export class TumblrRig {
  sandbox: Sandbox;
  token = '';
  private picture: Buffer;

  async start(): Promise<void> {
    this.sandbox = await startSandbox({
      port: 0,
      simulators: [{ key: 'tumblr', create: createTumblrSimulator }],
    });
    this.picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
  }

  async begin(): Promise<void> {
    this.sandbox.control.reset();
    this.token = stringAt((await this.login()).json, 'access_token') ?? '';
  }

  stop(): Promise<void> {
    return this.sandbox.close();
  }

  get api(): string {
    return this.sandbox.info().platforms['tumblr']?.hosts['API'] ?? '';
  }

  get auth(): string {
    return this.sandbox.info().platforms['tumblr']?.hosts['AUTH'] ?? '';
  }

  readonly read = async (answer: Response): Promise<Answer> => {
    const text = await answer.text();
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: answer.status, headers: answer.headers, text, json: isJsonObject(parsed) ? parsed : {} };
  };

  readonly login = async (fields: Record<string, string> = {}): Promise<Answer> => {
    const asked = { response_type: 'code', client_id: APP.client_id, redirect_uri: REDIRECT, state: 's' };
    const body = new URLSearchParams({ ...asked, scope: SCOPE, decision: 'allow', ...fields });
    const answer = await fetch(`${this.auth}/oauth2/authorize`, { method: 'POST', body, redirect: 'manual' });
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    return this.tokens({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  };

  readonly tokens = async (fields: Record<string, string>): Promise<Answer> => {
    const body = new URLSearchParams({ ...APP, ...fields });
    return this.read(await fetch(`${this.api}/v2/oauth2/token`, { method: 'POST', body }));
  };

  readonly call = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.token}`);
    return this.read(await fetch(`${this.api}/v2${path}`, { redirect: 'manual', ...init, headers }));
  };

  readonly post = (body: JsonObject, blog = 'alice-bakes'): Promise<Answer> =>
    this.call(`/blog/${blog}/posts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  /** Written by hand: the part `json` has a type and no file name, which FormData cannot do. */
  readonly upload = (body: JsonObject, parts: readonly Part[], jsonLast = false): Promise<Answer> => {
    const head = (name: string, type: string, file = ''): string =>
      `--b\r\nContent-Disposition: form-data; name="${name}"${file}\r\nContent-Type: ${type}\r\n\r\n`;
    const said = Buffer.from(`${head('json', 'application/json')}${JSON.stringify(body)}\r\n`);
    const files = parts.flatMap(({ name, type, bytes }) => [
      Buffer.from(head(name, type, `; filename="${name}"`)),
      bytes,
      Buffer.from('\r\n'),
    ]);
    const segments = [...(jsonLast ? [...files, said] : [said, ...files]), Buffer.from('--b--\r\n')];
    return this.call('/blog/alice-bakes/posts', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: Buffer.concat(segments),
    });
  };

  readonly words = (text: string, more: JsonObject = {}): JsonObject => ({
    content: [{ type: 'text', text, ...more }],
  });
  readonly drawn = (identifier: string): JsonObject => ({
    type: 'image',
    media: [{ type: 'image/png', identifier, width: 40, height: 30 }],
    alt_text: 'Teal',
  });
  readonly filmed: JsonObject = {
    content: [{ type: 'video', media: { type: 'video/mp4', identifier: 'v0', width: 64, height: 48 } }],
  };
  readonly film = (seconds = 1): Part => ({ name: 'v0', type: 'video/mp4', bytes: movie(seconds) });
  readonly png = (name: string): Part => ({ name, type: 'image/png', bytes: this.picture });
  readonly idOf = ({ json }: Answer): string => stringAt(objectAt(json, 'response') ?? {}, 'id') ?? '';
  readonly errorOf = ({ status, json }: Answer): readonly unknown[] => {
    const [error] = arrayAt(json, 'errors') ?? [];
    return [status, isJsonObject(error) ? numberAt(error, 'code') : undefined];
  };
  readonly inbox = (): readonly InboxEntry[] => this.sandbox.control.inbox('tumblr');
  readonly postsOf = ({ json }: Answer): readonly JsonObject[] =>
    (arrayAt(objectAt(json, 'response') ?? {}, 'posts') ?? []).filter(isJsonObject);
}

/** What the limits look at: a head with a length, and a track with a size. */
function movie(seconds: number): Buffer {
  const head = Buffer.alloc(100);
  head.writeUInt32BE(1, 12);
  head.writeUInt32BE(seconds, 16);
  const track = Buffer.alloc(84);
  track.writeUInt32BE(64 * 65_536, 76);
  track.writeUInt32BE(48 * 65_536, 80);
  return box('moov', Buffer.concat([box('mvhd', head), box('trak', box('tkhd', track))]));
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
