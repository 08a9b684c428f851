import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { AppConfig } from '../../common/config/index.js';
import { HttpClient, type HttpAnswer, type OutboundBody } from '../../common/http/index.js';
import { failureOf } from './linkedin.answers.js';

export interface RestCall {
  /** Name of the client's method, for the error table. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the host, with its query. */
  readonly path: string;
  readonly json?: unknown;
  /** Of Rest.li: `FINDER`, `DELETE`. */
  readonly restMethod?: string;
  /** Statuses that are an answer as well. */
  readonly alsoFine?: readonly number[];
}

export interface UploadCall {
  readonly operation: string;
  readonly url: string;
  readonly body: OutboundBody;
  /** Null: the address itself is the permission. */
  readonly token: string | null;
}

const uploadTimeoutMs = 10 * 60_000;

/** How a call to LinkedIn is written. */
@Injectable()
export class LinkedinApi {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws PublishError for every answer that is no success. */
  async rest(token: string, call: RestCall): Promise<HttpAnswer> {
    const { hosts, apiVersion } = this.config.platform('linkedin');
    const versioned = call.path.startsWith('/rest/')
      ? { 'linkedin-version': apiVersion ?? '', 'x-restli-protocol-version': '2.0.0' }
      : {};
    const base = hosts['API'] ?? '';
    const answer = await this.http.send({
      method: call.method,
      url: `${base}${call.path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...versioned,
        ...(call.restMethod === undefined ? {} : { 'x-restli-method': call.restMethod }),
      },
      ...(call.json === undefined ? {} : { body: { kind: 'json', value: call.json } }),
      hosts: [base],
    });
    return this.accept(answer, call.operation, call.alsoFine);
  }

  /** Bytes to an address that LinkedIn has given. */
  async put({ operation, url, body, token }: UploadCall): Promise<HttpAnswer> {
    const { API: api = '', AUTH: auth = '' } = this.config.platform('linkedin').hosts;
    const answer = await this.http.send({
      method: 'PUT',
      url,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      body,
      timeoutMs: uploadTimeoutMs,
      hosts: [api, auth],
    });
    return this.accept(answer, operation);
  }

  private accept(answer: HttpAnswer, operation: string, alsoFine: readonly number[] = []): HttpAnswer {
    if ((answer.status >= 200 && answer.status < 300) || alsoFine.includes(answer.status)) return answer;
    throw failureOf(answer, operation, this.clock.now());
  }
}

/** URNs are encoded; the brackets and commas of Rest.li stay as they are. */
export function encodeUrn(urn: string): string {
  return encodeURIComponent(urn).replaceAll('(', '%28').replaceAll(')', '%29');
}
