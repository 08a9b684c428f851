import sharp from 'sharp';
import { isJsonObject, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import type { SandboxControl } from '../control/sandbox.control.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { MastodonSimulator } from './mastodon.simulator.js';

export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly json: JsonObject;
  readonly list: readonly JsonValue[];
}

type Init = Omit<RequestInit, 'headers'> & {
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
};

export const REDIRECT = 'http://127.0.0.1:3000/callback';
export const TOKEN = 'sandbox-token-alice';

/** For tests of many requests on a busy machine. */
export const SLOW_MS = 30_000;

export const picture = (width = 30, height = 20): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: 'purple' } })
    .png()
    .toBuffer();

export const idOf = (answer: Answer): string => stringAt(answer.json, 'id') ?? '';

/** What the specs of this simulator need: it speaks to it as every client does. */
export class MastodonRig {
  private sandbox: Sandbox;

  async start(): Promise<void> {
    const create = (environment: ConstructorParameters<typeof MastodonSimulator>[0]): MastodonSimulator =>
      new MastodonSimulator(environment);
    this.sandbox = await startSandbox({ port: 0, simulators: [{ key: 'mastodon', create }] });
  }

  begin(): void {
    this.control.reset();
  }

  end(): void {
    expect(this.control.unexpected()).toEqual([]);
  }

  stop(): Promise<void> {
    return this.sandbox.close();
  }

  get control(): SandboxControl {
    return this.sandbox.control;
  }

  get base(): string {
    return this.sandbox.info().platforms['mastodon']?.url ?? '';
  }

  readonly call = async (method: string, path: string, init: Init = {}): Promise<Answer> => {
    const { token = TOKEN, ...rest } = init;
    const headers = { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...rest.headers };
    const answer = await fetch(this.base + path, { redirect: 'manual', ...rest, method, headers });
    const parsed = (await answer.json().catch(() => ({}))) as JsonValue;
    return {
      status: answer.status,
      headers: answer.headers,
      json: isJsonObject(parsed) ? parsed : {},
      list: Array.isArray(parsed) ? parsed : [],
    };
  };

  readonly post = (
    fields: JsonObject,
    headers: Record<string, string> = {},
    token = TOKEN,
  ): Promise<Answer> =>
    this.call('POST', '/api/v1/statuses', {
      body: JSON.stringify(fields),
      headers: { 'content-type': 'application/json', ...headers },
      token,
    });

  readonly form = (
    path: string,
    fields: Record<string, string>,
    token: string | null = null,
  ): Promise<Answer> => this.call('POST', path, { body: new URLSearchParams(fields), token });

  readonly upload = async (
    bytes: Buffer,
    type: string,
    fields: Record<string, string> = {},
    path = '/api/v2/media',
  ): Promise<Answer> => {
    const body = new FormData();
    body.set('file', new Blob([new Uint8Array(bytes)], { type }), 'file');
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return this.call('POST', path, { body });
  };

  readonly texts = (): string[] => this.control.inbox().map(({ text }) => text);
}
