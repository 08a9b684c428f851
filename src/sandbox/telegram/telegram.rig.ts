import sharp from 'sharp';
import type { InboxEntry } from '../core/inbox.js';
import type { JsonObject, JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createTelegramSimulator } from './telegram.simulator.js';

export const MB = 1024 * 1024;
export const NEWS = '@fanfare_news';

export interface Answer {
  readonly status: number;
  readonly body: {
    readonly ok: boolean;
    readonly result?: JsonObject & { message_id: number };
    readonly error_code?: number;
    readonly description?: string;
    readonly parameters?: JsonObject;
  };
}

export const picture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#369' }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();

/** What the specs of this simulator need: it speaks to it as every client does. */
export class TelegramRig {
  sandbox: Sandbox;
  token = '';
  privateChannel = '';
  group = '';
  small: Buffer;

  async start(): Promise<void> {
    this.sandbox = await startSandbox({
      port: 0,
      simulators: [{ key: 'telegram', create: createTelegramSimulator }],
    });
    this.small = await picture(40, 30);
  }

  begin(): void {
    this.sandbox.control.reset();
    const accounts = this.sandbox.control.accounts('telegram');
    this.token = accounts[0]?.credentials['botToken'] ?? '';
    this.privateChannel = accounts[1]?.id ?? '';
    this.group = accounts[2]?.id ?? '';
  }

  stop(): Promise<void> {
    return this.sandbox.close();
  }

  readonly post = async (method: string, init: RequestInit, path = `bot${this.token}`): Promise<Answer> => {
    const answer = await fetch(
      `${this.sandbox.info().platforms['telegram']?.hosts['API'] ?? ''}/${path}/${method}`,
      { method: 'POST', ...init },
    );
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
  readonly call = (method: string, fields: JsonObject, path?: string): Promise<Answer> =>
    this.post(
      method,
      { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } },
      path,
    );
  readonly upload = (
    method: string,
    fields: Record<string, string>,
    files: Record<string, Buffer>,
  ): Promise<Answer> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    for (const [name, bytes] of Object.entries(files)) {
      form.set(name, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), `${name}.png`);
    }
    return this.post(method, { body: form });
  };
  readonly say = (fields: JsonObject = {}): Promise<Answer> =>
    this.call('sendMessage', { chat_id: NEWS, text: 'Hello', ...fields });
  readonly album = (media: JsonValue, files: Record<string, Buffer> = {}): Promise<Answer> =>
    this.upload('sendMediaGroup', { chat_id: NEWS, media: JSON.stringify(media) }, files);
  readonly inbox = (): readonly InboxEntry[] => this.sandbox.control.inbox('telegram');
  readonly unexpected = (): string[] =>
    this.sandbox.control.unexpected('telegram').map(({ what, detail }) => `${what} ${detail}`);
  readonly refused = (code: number, description: string, more: object = {}): object => ({
    status: code,
    body: { ok: false, error_code: code, description, ...more },
  });
  readonly settings = (input: JsonObject): JsonObject => this.sandbox.control.configure('telegram', input);
}
