import type { SandboxControl } from '../../../src/sandbox/control/sandbox.control.js';

type Json = Record<string, unknown>;

/** The public API over HTTP, as a stranger uses it. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async call(
    method: string,
    route: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Json> {
    const response = await fetch(`${this.url}/api/v1${route}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Json);
  }

  async upload(bytes: Buffer, name: string, type: string): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
    const response = await fetch(`${this.url}/api/v1/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}` },
      body: form,
    });
    const answer = (await response.json()) as Json;
    if (!response.ok) throw new Error(`upload: ${response.status} ${JSON.stringify(answer)}`);
    return String(answer['id']);
  }

  /** Connects the first seeded account of the platform through its own flow; answers the account's id. */
  async connect(platform: string, sandbox: SandboxControl): Promise<string> {
    const credentials = credentialsFor(platform, sandbox);
    const start = await this.call('POST', `/accounts/connect/${platform}`, startBody(platform, sandbox));
    const session = String(start['sessionId']);
    const authorizeUrl = start['authorizeUrl'];
    const completion =
      typeof authorizeUrl === 'string' ? { callbackUrl: await consent(authorizeUrl) } : { credentials };
    const completed = await this.call('POST', `/accounts/connect/${session}/complete`, completion);
    const [choice] = completed['choices'] as Json[];
    const done = await this.call('POST', `/accounts/connect/${session}/select`, {
      externalIds: [choice?.['externalId']],
    });
    const [account] = done['accounts'] as Json[];
    return String(account?.['id']);
  }
}

function startBody(platform: string, sandbox: SandboxControl): object {
  if (platform !== 'mastodon') return {};
  const instance = sandbox.platforms()['mastodon']?.url;
  return { fields: { instance }, redirectUri: 'http://127.0.0.1:9/callback' };
}

function credentialsFor(platform: string, sandbox: SandboxControl): Json {
  const [account] = sandbox.accounts(platform);
  if (account === undefined) throw new Error(`the sandbox has no account on ${platform}`);
  const given = account.credentials;
  switch (platform) {
    case 'bluesky':
      return {
        handle: given['handle'] ?? given['identifier'],
        appPassword: given['appPassword'] ?? given['password'],
      };
    case 'telegram':
      return { botToken: given['token'], chat: given['chat'] };
    case 'email':
      return {
        host: given['host'],
        port: given['port'],
        security: 'none',
        user: given['user'],
        password: given['password'],
        fromAddress: given['from'],
        recipients: given['recipients'],
      };
    default:
      return { ...given };
  }
}

/** Plays the browser: reads the consent page, submits its form, answers where it was sent. */
async function consent(authorizeUrl: string): Promise<string> {
  const page = await (await fetch(authorizeUrl)).text();
  const form = new URLSearchParams();
  for (const [tag] of page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    const value = /value="([^"]*)"/.exec(tag)?.[1] ?? '';
    if (name !== undefined) form.set(name, value.replaceAll('&amp;', '&'));
  }
  form.set('decision', 'allow');
  const action = /<form[^>]*action="([^"]*)"/.exec(page)?.[1] ?? authorizeUrl;
  const answer = await fetch(new URL(action, authorizeUrl), {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`the consent page sent us nowhere (${answer.status})`);
  return location;
}
