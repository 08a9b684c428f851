import type { HttpAnswer } from '../../common/http/index.js';
import {
  classifyAnswer,
  flagAt,
  listAt,
  numberAt,
  PublishError,
  recordAt,
  textAt,
  unreadableBy,
  type JsonRecord,
} from '../core/index.js';
import { googleBody } from '../families/google/index.js';
import { googleBusinessErrors, namedReasons } from './google-business.errors.js';

/** A post as Google tells of it. */
export interface LocalPost {
  /** `accounts/…/locations/…/localPosts/…` */
  readonly name: string;
  readonly state: string;
  readonly summary: string;
  readonly topicType: string;
  /** Of an event or an offer. */
  readonly title: string | null;
  /** Of its button, or where its offer is redeemed. */
  readonly link: string | null;
  readonly createdAt: Date;
  /** Null while it is looked at, and sometimes after that. */
  readonly searchUrl: string | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | null;
}

export interface Location {
  /** `locations/…` */
  readonly name: string;
  readonly title: string;
  readonly address: string | null;
  readonly mapsUri: string | null;
  /** Whether posts can be written, as far as Google says. */
  readonly takesPosts: boolean;
}

/** What an answer that is no success means: `google.rpc.Status`, and the reasons in its details. */
export function failureOf(answer: HttpAnswer, operation: string): PublishError {
  const error = recordAt(googleBody(answer), 'error');
  const words = wordsOf(error);
  return classifyAnswer(googleBusinessErrors, {
    status: answer.status,
    code: textAt(error, 'status') ?? undefined,
    subcode: namedReasons.find((reason) => words.some((word) => word.includes(reason))),
    message: words.join(' · '),
    operation,
    recognised: error !== null,
  });
}

/** Everything that an error says: its message, the reasons, and what is wrong with which field. */
function wordsOf(error: JsonRecord | null): string[] {
  const details = listAt(error, 'details') ?? [];
  return [
    textAt(error, 'message') ?? '',
    ...details.flatMap((detail) => [
      textAt(detail, 'reason') ?? '',
      ...['quota_limit_value', 'metadata'].map((name) => quotaWord(detail, name)),
      ...(listAt(detail, 'errorDetails') ?? []).map(fieldWord),
    ]),
  ].filter((word) => word !== '');
}

/** A project that was not approved has a quota of nothing, which the message does not say. */
function quotaWord(detail: unknown, name: string): string {
  const value = name === 'metadata' ? textAt(detail, 'metadata', 'quota_limit_value') : textAt(detail, name);
  return value === null ? '' : `quota_limit_value=${value};`;
}

function fieldWord(detail: unknown): string {
  const code = numberAt(detail, 'code');
  const field = textAt(detail, 'field') ?? '';
  return `${field}: ${textAt(detail, 'message') ?? ''} (${code ?? 'no code'})`;
}

export const unreadable = unreadableBy('google-business', 'Google');

export function readPost(body: unknown): LocalPost | null {
  const name = textAt(body, 'name');
  const state = textAt(body, 'state');
  const createdAt = new Date(textAt(body, 'createTime') ?? Number.NaN);
  if (name === null || state === null || Number.isNaN(createdAt.getTime())) return null;
  return {
    name,
    state,
    summary: textAt(body, 'summary') ?? '',
    topicType: textAt(body, 'topicType') ?? '',
    title: textAt(body, 'event', 'title'),
    link: textAt(body, 'callToAction', 'url') ?? textAt(body, 'offer', 'redeemOnlineUrl'),
    createdAt,
    searchUrl: textAt(body, 'searchUrl'),
  };
}

/** An empty list has not even its name. */
export function readPage<T>(body: unknown, list: string, read: (item: unknown) => T | null): Page<T> | null {
  if (recordAt(body) === null) return null;
  const items = (listAt(body, list) ?? []).map(read);
  if (items.includes(null)) return null;
  const nextPageToken = textAt(body, 'nextPageToken');
  return {
    items: items.filter((item) => item !== null),
    nextPageToken: nextPageToken === '' ? null : nextPageToken,
  };
}

/** The name of an account: `accounts/…`. */
export function readAccount(body: unknown): string | null {
  return textAt(body, 'name');
}

export function readLocation(body: unknown): Location | null {
  const name = textAt(body, 'name');
  if (name === null) return null;
  const metadata = recordAt(body, 'metadata');
  return {
    name,
    title: textAt(body, 'title') ?? name,
    address: addressOf(recordAt(body, 'storefrontAddress')),
    mapsUri: textAt(metadata, 'mapsUri'),
    takesPosts:
      flagAt(metadata, 'canOperateLocalPost') !== false && flagAt(metadata, 'hasVoiceOfMerchant') === true,
  };
}

/** What tells one branch from another. */
function addressOf(address: JsonRecord | null): string | null {
  const lines = (listAt(address, 'addressLines') ?? []).filter((line) => typeof line === 'string');
  const parts = [...lines, textAt(address, 'locality') ?? ''].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}
