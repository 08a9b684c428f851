import type { PlatformAccount, SandboxControl } from '../../../src/sandbox/control/sandbox.control.js';
import { giveConsent } from '../contract/consent.js';

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
    const [person] = sandbox.accounts(platform);
    if (person === undefined) throw new Error(`the sandbox has no account on ${platform}`);
    const { connect } = (await this.call('GET', `/platforms/${platform}`)) as { connect: ConnectFields };
    const { startFields } = connect;
    const body =
      startFields === undefined ? {} : { fields: typedInto(startFields, person), redirectUri: landing };
    const start = await this.call('POST', `/accounts/connect/${platform}`, body);
    const session = String(start['sessionId']);
    const authorizeUrl = start['authorizeUrl'];
    const completion =
      typeof authorizeUrl === 'string'
        ? { callbackUrl: await giveConsent(authorizeUrl, person.credentials['login'] ?? person.id) }
        : { credentials: typedInto(connect.fields ?? [], person) };
    const completed = await this.call('POST', `/accounts/connect/${session}/complete`, completion);
    const [choice] = completed['choices'] as Json[];
    const done = await this.call('POST', `/accounts/connect/${session}/select`, {
      externalIds: [choice?.['externalId']],
    });
    const [account] = done['accounts'] as Json[];
    return String(account?.['id']);
  }
}

/** Where the browser would land; nobody is there. */
const landing = 'http://127.0.0.1:9/callback';

interface ConnectFields {
  readonly fields?: readonly { readonly name: string }[];
  readonly startFields?: readonly { readonly name: string }[];
}

/** What the sandbox knows under the names of the fields. */
function typedInto(
  fields: readonly { readonly name: string }[],
  { credentials }: PlatformAccount,
): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = credentials[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
