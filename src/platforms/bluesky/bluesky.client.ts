import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import {
  HttpClient,
  type ByteSource,
  type HttpAnswer,
  type OutboundRequest,
} from '../../common/http/index.js';
import { bodyOf, recordAt, textAt, type JsonObject, type JsonRecord } from '../core/index.js';
import {
  failureOf,
  readBlob,
  readJob,
  readPage,
  readSession,
  readShown,
  readStored,
  readWrites,
  readWritten,
  unreadable,
  type BlueskySession,
  type RecordPage,
  type ShownPost,
  type StoredRecord,
  type VideoJob,
  type WrittenRecord,
} from './bluesky.answers.js';
import { postCollection } from './bluesky.record.js';

/** A server and the token that it takes. */
export interface BlueskyAccess {
  /** Base URL without a slash at its end. */
  readonly base: string;
  readonly token: string;
}

const blobTimeoutMs = 2 * 60_000;
/** The most that a server gives at once. */
const pageSize = 100;
const videoTimeoutMs = 15 * 60_000;

type Query = Readonly<Record<string, string>>;

/** XRPC of a PDS, of the AppView and of the video service. Every method is one call. */
@Injectable()
export class BlueskyClient {
  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
  ) {}

  async createSession(base: string, identifier: string, password: string): Promise<BlueskySession> {
    const body = await this.post('com.atproto.server.createSession', base, { identifier, password });
    return expect(readSession(body), 'createSession');
  }

  async refreshSession({ base, token }: BlueskyAccess): Promise<BlueskySession> {
    const answer = await this.http.send({
      method: 'POST',
      url: urlOf(base, 'com.atproto.server.refreshSession'),
      headers: bearer(token),
      hosts: [base],
    });
    return expect(readSession(this.accept(answer, 'refreshSession')), 'refreshSession');
  }

  /** The DID of a handle; null when nobody has it. */
  async resolveHandle(base: string, handle: string): Promise<string | null> {
    const answer = await this.get('com.atproto.identity.resolveHandle', base, { handle });
    if (answer.status === 400 && textAt(bodyOf(answer), 'error') === 'InvalidRequest') return null;
    return expect(textAt(this.accept(answer, 'resolveHandle'), 'did'), 'resolveHandle');
  }

  async uploadBlob(
    { base, token }: BlueskyAccess,
    source: ByteSource,
    mimeType: string,
  ): Promise<JsonObject> {
    const answer = await this.http.send({
      method: 'POST',
      url: urlOf(base, 'com.atproto.repo.uploadBlob'),
      headers: bearer(token),
      body: { kind: 'stream', source, contentType: mimeType },
      timeoutMs: blobTimeoutMs,
      hosts: [base],
    });
    const body = this.accept(answer, 'uploadBlob');
    return expect(readBlob(recordAt(body, 'blob')), 'uploadBlob');
  }

  /** A token with which another service may act for the account; expires at the given time, at most 30 minutes ahead. */
  async getServiceAuth(
    { base, token }: BlueskyAccess,
    grant: { audience: string; method: string; expiresAt: Date },
  ): Promise<string> {
    const query = {
      aud: grant.audience,
      lxm: grant.method,
      exp: String(Math.floor(grant.expiresAt.getTime() / 1000)),
    };
    const answer = await this.get('com.atproto.server.getServiceAuth', base, query, token);
    return expect(textAt(this.accept(answer, 'getServiceAuth'), 'token'), 'getServiceAuth');
  }

  async uploadVideo(
    { base, token }: BlueskyAccess,
    video: { did: string; name: string; source: ByteSource },
  ): Promise<VideoJob> {
    const answer = await this.http.send({
      method: 'POST',
      url: urlOf(base, 'app.bsky.video.uploadVideo', { did: video.did, name: video.name }),
      headers: bearer(token),
      body: { kind: 'stream', source: video.source, contentType: 'video/mp4' },
      timeoutMs: videoTimeoutMs,
      hosts: [base],
    });
    const known = answer.status === 409 ? readJob(bodyOf(answer)) : null;
    return known ?? expect(readJob(this.accept(answer, 'uploadVideo')), 'uploadVideo');
  }

  async getJobStatus(base: string, jobId: string): Promise<VideoJob> {
    const answer = await this.get('app.bsky.video.getJobStatus', base, { jobId });
    return expect(readJob(this.accept(answer, 'getJobStatus')), 'getJobStatus');
  }

  /** Writes the record under its key unless another stands there; the same record again changes nothing. Visible. */
  async putRecord(
    { base, token }: BlueskyAccess,
    post: { repo: string; rkey: string; record: JsonRecord },
  ): Promise<WrittenRecord> {
    const input = { ...post, collection: postCollection, swapRecord: null };
    const body = await this.post('com.atproto.repo.putRecord', base, input, token);
    return expect(readWritten(body), 'putRecord');
  }

  /**
   * Writes new records in one go: all, or none. Where one of the keys is taken the server fails, so that a repetition writes
   * nothing. Visible.
   */
  async createRecords(
    { base, token }: BlueskyAccess,
    repo: string,
    records: readonly { collection: string; rkey: string; value: JsonRecord }[],
  ): Promise<readonly WrittenRecord[]> {
    const writes = records.map((record) => ({ $type: 'com.atproto.repo.applyWrites#create', ...record }));
    const body = await this.post('com.atproto.repo.applyWrites', base, { repo, writes }, token);
    return expect(readWrites(body), 'applyWrites');
  }

  /** Deletes the record under a key; that there is none is no error. */
  async deleteRecord({ base, token }: BlueskyAccess, post: { repo: string; rkey: string }): Promise<void> {
    await this.post('com.atproto.repo.deleteRecord', base, { ...post, collection: postCollection }, token);
  }

  /** The record under a key, as the account's own server has it; null when there is none. Public. */
  async getRecord(base: string, post: { repo: string; rkey: string }): Promise<StoredRecord | null> {
    const query = { repo: post.repo, collection: postCollection, rkey: post.rkey };
    const answer = await this.get('com.atproto.repo.getRecord', base, query);
    if (answer.status === 400 && textAt(bodyOf(answer), 'error') === 'RecordNotFound') return null;
    return expect(readStored(this.accept(answer, 'getRecord')), 'getRecord');
  }

  /** The account's posts by their keys, the newest first, as its own server has them. Public. */
  async listRecords(base: string, page: { repo: string; cursor: string | null }): Promise<RecordPage> {
    const query = { repo: page.repo, collection: postCollection, limit: String(pageSize) };
    const from = page.cursor === null ? query : { ...query, cursor: page.cursor };
    const answer = await this.get('com.atproto.repo.listRecords', base, from);
    return expect(readPage(this.accept(answer, 'listRecords')), 'listRecords');
  }

  /** A post as the AppView shows it, some seconds late; null when it shows none. Public. */
  async getPost(base: string, uri: string): Promise<ShownPost | null> {
    const answer = await this.get('app.bsky.feed.getPosts', base, { uris: uri });
    const posts = expect(readShown(this.accept(answer, 'getPosts')), 'getPosts');
    return posts.find((post) => post.uri === uri) ?? null;
  }

  private get(nsid: string, base: string, query: Query, token?: string): Promise<HttpAnswer> {
    const request: OutboundRequest = { method: 'GET', url: urlOf(base, nsid, query), hosts: [base] };
    return this.http.send(token === undefined ? request : { ...request, headers: bearer(token) });
  }

  private async post(nsid: string, base: string, value: JsonRecord, token?: string): Promise<unknown> {
    const request: OutboundRequest = {
      method: 'POST',
      url: urlOf(base, nsid),
      body: { kind: 'json', value },
      hosts: [base],
    };
    const answer = await this.http.send(
      token === undefined ? request : { ...request, headers: bearer(token) },
    );
    return this.accept(answer, nsid.slice(nsid.lastIndexOf('.') + 1));
  }

  private accept(answer: HttpAnswer, operation: string): unknown {
    if (answer.status >= 200 && answer.status < 300) return bodyOf(answer);
    throw failureOf(answer, operation, this.clock.now());
  }
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function urlOf(base: string, nsid: string, query: Query = {}): string {
  const search = new URLSearchParams(query).toString();
  return `${base}/xrpc/${nsid}${search === '' ? '' : `?${search}`}`;
}

function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}
