import sharp from 'sharp';
import { isJsonObject, objectAt, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { BlueskySimulator } from './bluesky.simulator.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
}

export const RKEY = '3kabcdefghij2';
export const CREATED_AT = '2026-12-24T17:00:00.000Z';
/** For tests of many requests on a busy machine. */
export const SLOW_MS = 30_000;

export const post = (text: string, more: JsonObject = {}): JsonObject => ({
  $type: 'app.bsky.feed.post',
  text,
  createdAt: CREATED_AT,
  ...more,
});

export function replyTo(cid: string): JsonObject {
  const reference = { uri: 'at://did:plc:abc/app.bsky.feed.post/3kabcdefghij2', cid };
  return { root: reference, parent: reference };
}

/** What the specs of this simulator need: it speaks to it as every client does. */
export class BlueskyRig {
  sandbox: Sandbox;
  session: { did: string; access: string; refresh: string };

  async start(): Promise<void> {
    const create = (environment: ConstructorParameters<typeof BlueskySimulator>[0]): BlueskySimulator =>
      new BlueskySimulator(environment);
    this.sandbox = await startSandbox({ port: 0, simulators: [{ key: 'bluesky', create }] });
  }

  /** Everything as at the start, and alice logged in. */
  async begin(): Promise<void> {
    this.control.reset();
    this.session = await this.login();
  }

  stop(): Promise<void> {
    return this.sandbox.close();
  }

  get control(): Sandbox['control'] {
    return this.sandbox.control;
  }

  readonly url = (host: string): string => this.sandbox.info().platforms['bluesky']?.hosts[host] ?? '';

  readonly call = async (host: string, path: string, init: RequestInit = {}): Promise<Answer> => {
    const answer = await fetch(this.url(host) + path, init);
    const parsed = (await answer.json()) as JsonValue;
    return { status: answer.status, headers: answer.headers, json: isJsonObject(parsed) ? parsed : {} };
  };

  readonly get = (method: string, query: Record<string, string> = {}, token?: string): Promise<Answer> =>
    this.call('API', `/xrpc/${method}?${new URLSearchParams(query).toString()}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });

  readonly procedure = (
    method: string,
    body: JsonObject | null,
    token = this.session.access,
  ): Promise<Answer> =>
    this.call('API', `/xrpc/${method}`, {
      method: 'POST',
      body: body === null ? null : JSON.stringify(body),
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
    });

  readonly login = async (
    password = 'alic-eapp-pass-word',
    identifier = 'alice.test',
  ): Promise<{ did: string; access: string; refresh: string }> => {
    const { json } = await this.call('API', '/xrpc/com.atproto.server.createSession', {
      method: 'POST',
      body: JSON.stringify({ identifier, password }),
      headers: { 'content-type': 'application/json' },
    });
    const text = (key: string): string => stringAt(json, key) ?? '';
    return { did: text('did'), access: text('accessJwt'), refresh: text('refreshJwt') };
  };

  readonly put = (record: JsonObject, more: JsonObject = {}): Promise<Answer> =>
    this.procedure('com.atproto.repo.putRecord', {
      repo: this.session.did,
      collection: 'app.bsky.feed.post',
      rkey: RKEY,
      swapRecord: null,
      record,
      ...more,
    });

  readonly upload = async (bytes: Buffer, contentType: string): Promise<JsonObject> => {
    const { json } = await this.call('API', '/xrpc/com.atproto.repo.uploadBlob', {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { authorization: `Bearer ${this.session.access}`, 'content-type': contentType },
    });
    return objectAt(json, 'blob') ?? {};
  };

  readonly png = (): Promise<Buffer> =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
}
