import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { HttpClient, type ByteSource } from '../../common/http/index.js';
import { proofOf } from '../families/meta/index.js';
import { bodyOf } from '../core/index.js';
import { failureOf } from './instagram.answers.js';
import type { InstagramAccess } from './instagram.login.js';

export type GraphParams = Readonly<Record<string, string>>;

export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Behind the version. */
  readonly path: string;
  readonly params?: GraphParams;
}

const uploadTimeoutMs = 10 * 60_000;

/** How the API is called: by the host of the login, with the version in the path. One call each. */
@Injectable()
export class InstagramGraph {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
  ) {}

  get version(): string {
    return this.config.platform('instagram').apiVersion ?? '';
  }

  host(label: 'API' | 'TOKEN' | 'AUTH' | 'GRAPH' | 'DIALOG' | 'UPLOAD'): string {
    return this.config.platform('instagram').hosts[label] ?? '';
  }

  /** What a success says; anything else is thrown as the table has it. */
  async call(operation: string, access: InstagramAccess, call: GraphCall): Promise<unknown> {
    const { method, path, params = {} } = call;
    const base = this.host(access.login === 'facebook' ? 'GRAPH' : 'API');
    const proof = proofOf(access);
    const given = { ...params, ...proof };
    const query = method === 'POST' ? '' : new URLSearchParams(given).toString();
    const answer = await this.http.send({
      method,
      url: `${base}/${this.version}/${path}${query === '' ? '' : `?${query}`}`,
      headers: { authorization: `Bearer ${access.token}` },
      ...(method === 'POST' ? { body: { kind: 'form', fields: given } as const } : {}),
      hosts: [base],
      redact: (text) => Object.values(proof).reduce((clean, secret) => clean.replaceAll(secret, '***'), text),
    });
    if (answer.status >= 200 && answer.status < 300) return bodyOf(answer);
    throw failureOf(answer, operation);
  }

  /** The bytes of a film, whole. The address that Instagram names for them is not followed: it is known. */
  async upload({ token }: InstagramAccess, containerId: string, source: ByteSource): Promise<void> {
    const base = this.host('UPLOAD');
    const answer = await this.http.send({
      method: 'POST',
      url: `${base}/ig-api-upload/${this.version}/${encodeURIComponent(containerId)}`,
      headers: { authorization: `OAuth ${token}`, offset: '0', file_size: String(source.bytes) },
      body: { kind: 'stream', source, contentType: 'application/octet-stream' },
      timeoutMs: uploadTimeoutMs,
      hosts: [base],
    });
    if (answer.status < 200 || answer.status > 299) throw failureOf(answer, 'upload');
  }
}
