import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { HttpClient, type HttpAnswer, type MultipartPart } from '../../common/http/index.js';
import { bodyOf, type Credentials } from '../core/index.js';
import { accessFor, proofOf, type GraphAccess } from '../families/meta/index.js';
import { failureOf } from './facebook.answers.js';

export type GraphParams = Readonly<Record<string, string>>;

export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Behind the version. */
  readonly path: string;
  readonly params?: GraphParams;
  readonly file?: MultipartPart;
  readonly host?: 'API' | 'VIDEO';
  readonly timeoutMs?: number;
}

/** How the Graph API is called: version in the path, proof of the app, nothing but configured hosts. One call each. */
@Injectable()
export class FacebookGraph {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
  ) {}

  get version(): string {
    return this.config.platform('facebook').apiVersion ?? '';
  }

  host(label: 'API' | 'VIDEO' | 'RUPLOAD' | 'AUTH'): string {
    return this.config.platform('facebook').hosts[label] ?? '';
  }

  /** What a success says; anything else is thrown as the table has it. */
  async call(operation: string, access: GraphAccess, call: GraphCall): Promise<unknown> {
    const answer = await this.send(access, call);
    if (answer.status >= 200 && answer.status < 300) return bodyOf(answer);
    throw failureOf(answer, operation);
  }

  send(access: GraphAccess, call: GraphCall): Promise<HttpAnswer> {
    const { method, path, params = {}, file, host = 'API', timeoutMs } = call;
    const base = this.host(host);
    const proof = proofOf(access);
    const given = { ...params, ...proof };
    const inBody = method === 'POST';
    const query = inBody ? '' : new URLSearchParams(given).toString();
    return this.http.send({
      method,
      url: `${base}/${this.version}/${path}${query === '' ? '' : `?${query}`}`,
      headers: { authorization: `Bearer ${access.token}` },
      ...(inBody ? { body: file === undefined ? formOf(given) : multipartOf(given, file) } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      hosts: [base],
      redact: (text) => Object.values(proof).reduce((clean, secret) => clean.replaceAll(secret, '***'), text),
    });
  }
}

export function accessOf({ values, app }: Credentials): GraphAccess {
  return accessFor(values['accessToken'] ?? '', app ?? null);
}

function formOf(fields: GraphParams) {
  return { kind: 'form', fields } as const;
}

function multipartOf(fields: GraphParams, file: MultipartPart) {
  const parts = Object.entries(fields).map(([name, value]) => ({ name, value }));
  return { kind: 'multipart', parts: [...parts, file] } as const;
}
