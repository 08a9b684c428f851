import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { HttpClient } from '../../common/http/index.js';
import type { JsonObject } from '../core/index.js';
import { googleBody } from '../families/google/index.js';
import { failureOf } from './google-business.answers.js';

export interface GoogleCall {
  /** Name of the client's method, for the error table. */
  readonly operation: string;
  readonly host: 'API' | 'ACCOUNTS' | 'INFORMATION';
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Behind the version: `accounts/1/locations/9/localPosts`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | null>>;
  readonly json?: JsonObject;
}

/** How a call to Google's Business Profile APIs is written. */
@Injectable()
export class GoogleBusinessApi {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
  ) {}

  /** @throws PublishError for every answer that is no success. */
  async call(token: string, { operation, host, method, path, query, json }: GoogleCall): Promise<unknown> {
    const { hosts, apiVersion } = this.config.platform('google-business');
    const base = hosts[host] ?? '';
    const version = host === 'API' ? (apiVersion ?? '') : 'v1';
    const answer = await this.http.send({
      method,
      url: `${base}/${version}/${path}${searchOf(query ?? {})}`,
      headers: { authorization: `Bearer ${token}` },
      ...(json === undefined ? {} : { body: { kind: 'json', value: json } }),
      hosts: [base],
    });
    if (answer.status >= 200 && answer.status < 300) return googleBody(answer);
    throw failureOf(answer, operation);
  }
}

function searchOf(query: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
