import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { HttpClient, type ByteSource, type HttpAnswer, type MultipartPart } from '../../common/http/index.js';
import {
  bodyOf,
  recordAt,
  textAt,
  type JsonObject,
  type JsonRecord,
  type PostMetrics,
} from '../core/index.js';
import {
  failureOf,
  idAt,
  readApp,
  readCounts,
  readProfile,
  readStatus,
  readStatuses,
  readToken,
  unreadable,
  type MastodonProfile,
  type MastodonStatus,
  type MastodonToken,
  type RegisteredApp,
} from './mastodon.answers.js';
import type { FocalPoint } from './mastodon.settings.js';

/** An instance and the token of one of its people. */
export interface MastodonAccess {
  /** `https://host`, without a slash at its end. */
  readonly base: string;
  readonly token: string;
}

export interface MediaFile {
  readonly source: ByteSource;
  readonly mimeType: string;
  readonly fileName: string;
}

export interface MediaUpload extends MediaFile {
  readonly altText: string | null;
  readonly focus: FocalPoint | null;
  readonly cover: MediaFile | null;
}

/** A type, not an interface, because it is stored in the ledger. */
export type UploadedMedium = { readonly id: string; readonly ready: boolean };

type Query = Readonly<Record<string, string>>;

const uploadTimeoutMs = 10 * 60_000;

/** The REST API of one instance. Every method is one call. */
@Injectable()
export class MastodonClient {
  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
  ) {}

  /** What the instance's OAuth server offers; null before Mastodon 4.3 and on most dialects. */
  async authorizationServer(base: string): Promise<JsonRecord | null> {
    const answer = await this.get({ base }, '/.well-known/oauth-authorization-server');
    if (answer.status >= 500 || answer.status === 429) throw this.failure(answer, 'authorizationServer');
    return answer.status === 200 ? recordAt(bodyOf(answer)) : null;
  }

  async registerApp(base: string, app: { redirectUri: string; scopes: string }): Promise<RegisteredApp> {
    const value = { client_name: 'Fanfare', redirect_uris: app.redirectUri, scopes: app.scopes };
    const answer = await this.http.send({
      method: 'POST',
      url: `${base}/api/v1/apps`,
      body: { kind: 'json', value },
      hosts: [base],
    });
    return expect(readApp(this.accept(answer, 'registerApp')), 'registerApp');
  }

  async token(base: string, grant: Query): Promise<MastodonToken> {
    return expect(readToken(await this.form(base, '/oauth/token', grant, 'token')), 'token');
  }

  async revoke(base: string, grant: Query): Promise<void> {
    await this.form(base, '/oauth/revoke', grant, 'revoke');
  }

  async verifyCredentials(access: MastodonAccess): Promise<MastodonProfile> {
    const answer = await this.get(access, '/api/v1/accounts/verify_credentials');
    return expect(readProfile(this.accept(answer, 'verifyCredentials')), 'verifyCredentials');
  }

  /** What the instance says of itself; null where it does not know this version of the route. */
  async instance(base: string, version: 'v1' | 'v2'): Promise<JsonRecord | null> {
    const answer = await this.get({ base }, `/api/${version}/instance`);
    if (answer.status === 404) return null;
    return expect(recordAt(this.accept(answer, 'instance')), 'instance');
  }

  /** Null where the instance does not know the newer route. */
  async uploadMedia(
    { base, token }: MastodonAccess,
    upload: MediaUpload,
    version: 'v1' | 'v2',
  ): Promise<UploadedMedium | null> {
    const { altText, focus, cover } = upload;
    const parts: MultipartPart[] = [
      filePart('file', upload),
      ...(cover === null ? [] : [filePart('thumbnail', cover)]),
      ...(altText === null || altText === '' ? [] : [{ name: 'description', value: altText }]),
      ...(focus === null ? [] : [{ name: 'focus', value: `${focus.x},${focus.y}` }]),
    ];
    const answer = await this.http.send({
      method: 'POST',
      url: `${base}/api/${version}/media`,
      headers: bearer(token),
      body: { kind: 'multipart', parts },
      timeoutMs: uploadTimeoutMs,
      hosts: [base],
    });
    if (answer.status === 404 && version === 'v2') return null;
    const id = expect(idAt(this.accept(answer, 'uploadMedia'), 'id'), 'uploadMedia');
    return { id, ready: answer.status !== 202 };
  }

  /** Whether a medium can be attached. */
  async mediaReady(access: MastodonAccess, id: string): Promise<boolean> {
    const answer = await this.get(access, `/api/v1/media/${encodeURIComponent(id)}`);
    this.accept(answer, 'media');
    return answer.status === 200;
  }

  /** Visible. The same key gives the same status for an hour, on Mastodon itself. */
  async createStatus(
    { base, token }: MastodonAccess,
    status: JsonObject,
    idempotencyKey: string,
  ): Promise<MastodonStatus> {
    const answer = await this.http.send({
      method: 'POST',
      url: `${base}/api/v1/statuses`,
      headers: { ...bearer(token), 'idempotency-key': idempotencyKey },
      body: { kind: 'json', value: status },
      hosts: [base],
    });
    return expect(readStatus(this.accept(answer, 'createStatus')), 'createStatus');
  }

  /** What is gone already counts as deleted. */
  async deleteStatus({ base, token }: MastodonAccess, id: string): Promise<void> {
    const url = `${base}/api/v1/statuses/${encodeURIComponent(id)}`;
    const answer = await this.http.send({ method: 'DELETE', url, headers: bearer(token), hosts: [base] });
    if (answer.status !== 404) this.accept(answer, 'deleteStatus');
  }

  /** How often a post was liked, reposted and answered. */
  async statusCounts(access: MastodonAccess, id: string): Promise<PostMetrics['values']> {
    const answer = await this.get(access, `/api/v1/statuses/${encodeURIComponent(id)}`);
    return readCounts(this.accept(answer, 'statusCounts'));
  }

  /** Own posts of an account, the newest first; those before `maxId` when it is given. */
  async accountStatuses(
    access: MastodonAccess,
    page: { accountId: string; maxId: string | null },
  ): Promise<MastodonStatus[]> {
    const query = {
      limit: '40',
      exclude_reblogs: 'true',
      ...(page.maxId === null ? {} : { max_id: page.maxId }),
    };
    const path = `/api/v1/accounts/${encodeURIComponent(page.accountId)}/statuses`;
    const answer = await this.get(access, path, query);
    return expect(readStatuses(this.accept(answer, 'accountStatuses')), 'accountStatuses');
  }

  /** The text as it was written; null where it is not to be had. */
  async statusSource(access: MastodonAccess, id: string): Promise<string | null> {
    const answer = await this.get(access, `/api/v1/statuses/${encodeURIComponent(id)}/source`);
    if (answer.status === 403 || answer.status === 404) return null;
    return textAt(this.accept(answer, 'statusSource'), 'text');
  }

  private get(
    access: { base: string; token?: string },
    path: string,
    query: Query = {},
  ): Promise<HttpAnswer> {
    const search = new URLSearchParams(query).toString();
    return this.http.send({
      method: 'GET',
      url: `${access.base}${path}${search === '' ? '' : `?${search}`}`,
      headers: access.token === undefined ? {} : bearer(access.token),
      hosts: [access.base],
    });
  }

  private async form(base: string, path: string, fields: Query, operation: string): Promise<unknown> {
    const url = `${base}${path}`;
    const body = { kind: 'form', fields } as const;
    return this.accept(await this.http.send({ method: 'POST', url, body, hosts: [base] }), operation);
  }

  private accept(answer: HttpAnswer, operation: string): unknown {
    if (answer.status >= 200 && answer.status < 300) return bodyOf(answer);
    throw this.failure(answer, operation);
  }

  private failure(answer: HttpAnswer, operation: string): Error {
    return failureOf(answer, operation, this.clock.now());
  }
}

function filePart(name: string, { fileName, mimeType, source }: MediaFile): MultipartPart {
  return { name, filename: fileName, contentType: mimeType, source };
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}
