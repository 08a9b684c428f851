import { describeJson, isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createGoogleBusinessSimulator } from './google-business.simulator.js';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly json: JsonObject;
}

const REDIRECT = 'http://127.0.0.1:3000/callback';
const SCOPE = 'https://www.googleapis.com/auth/business.manage openid email profile';
const APP = {
  client_id: '204150000001-sandbox.apps.googleusercontent.com',
  client_secret: 'GOCSPX-google-business-secret',
};

/** A sandbox with this platform alone, and a person who is logged in: for the specs of this folder. */
export class GoogleBusinessRig {
  bearer = '';
  account = '';
  location = '';
  private running: Sandbox | null = null;

  get sandbox(): Sandbox {
    if (this.running === null) throw new Error('not started');
    return this.running;
  }

  async start(): Promise<void> {
    const simulators = [{ key: 'google-business', create: createGoogleBusinessSimulator }];
    this.running = await startSandbox({ port: 0, simulators });
  }

  async begin(): Promise<void> {
    this.sandbox.control.reset();
    const [first] = this.sandbox.control.accounts('google-business');
    this.location = first?.id ?? '';
    this.account = describeJson(this.at(first?.details ?? {}, 'accounts', 0));
    this.bearer = describeJson((await this.exchange()).json['access_token']);
  }

  configure(settings: JsonObject): void {
    this.sandbox.control.configure('google-business', settings);
  }

  url(host: string, path: string): string {
    return `${this.sandbox.info().platforms['google-business']?.hosts[host] ?? ''}${path}`;
  }

  /** The value under a path of keys and indices. */
  at(value: JsonValue, ...path: readonly (string | number)[]): JsonValue {
    return path.reduce<JsonValue>((found, key) => {
      if (Array.isArray(found)) return found[Number(key)] ?? null;
      return isJsonObject(found) ? (found[String(key)] ?? null) : null;
    }, value);
  }

  /** The consent as a browser gives it; answers where it is sent to. */
  async consent(fields: Record<string, string> = {}): Promise<URL> {
    const body = new URLSearchParams({
      ...{
        client_id: APP.client_id,
        redirect_uri: REDIRECT,
        response_type: 'code',
        scope: SCOPE,
        state: 's',
      },
      ...{ access_type: 'offline', prompt: 'consent', decision: 'allow' },
      ...fields,
    });
    const url = this.url('AUTH', '/o/oauth2/v2/auth');
    const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '');
  }

  async exchange(fields: Record<string, string> = {}): Promise<Answer> {
    const code = (await this.consent(fields)).searchParams.get('code') ?? '';
    return this.token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  }

  token(fields: Record<string, string>): Promise<Answer> {
    return this.form('/token', { ...APP, ...fields });
  }

  form(path: string, fields: Record<string, string>): Promise<Answer> {
    return this.read(fetch(this.url('TOKEN', path), { method: 'POST', body: new URLSearchParams(fields) }));
  }

  get(host: string, path: string): Promise<Answer> {
    return this.send(host, 'GET', path);
  }

  send(host: string, method: string, path: string, body?: JsonValue): Promise<Answer> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { authorization: `Bearer ${this.bearer}`, ...type };
    return this.read(fetch(this.url(host, path), { method, headers, ...content }));
  }

  post(body: JsonObject): Promise<Answer> {
    return this.send('API', 'POST', this.posts, { topicType: 'STANDARD', languageCode: 'en', ...body });
  }

  list(query = ''): Promise<Answer> {
    return this.get('API', `${this.posts}${query}`);
  }

  get posts(): string {
    return `/v4/accounts/${this.account}/locations/${this.location}/localPosts`;
  }

  private async read(fetched: Promise<Response>): Promise<Answer> {
    const answer = await fetched;
    const type = answer.headers.get('content-type') ?? '';
    const parsed = type.includes('json') ? ((await answer.json()) as JsonValue) : await answer.text();
    return { status: answer.status, type, json: isJsonObject(parsed) ? parsed : {} };
  }
}
