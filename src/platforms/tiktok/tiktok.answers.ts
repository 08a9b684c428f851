import type { HttpAnswer } from '../../common/http/index.js';
import {
  bodyOf,
  classifyAnswer,
  flagAt,
  listAt,
  numberAt,
  PublishError,
  recordAt,
  textAt,
  textsAt,
  type MetricName,
  type PostMetrics,
  unreadableBy,
} from '../core/index.js';
import { tiktokErrors, tiktokReadingErrors } from './tiktok.errors.js';

/** Types, not interfaces, where something is stored in the ledger. */
export type CreatorInfo = {
  readonly username: string;
  readonly nickname: string;
  readonly privacyLevels: readonly string[];
  readonly commentDisabled: boolean;
  readonly duetDisabled: boolean;
  readonly stitchDisabled: boolean;
  readonly maxVideoSec: number | null;
};

export type UploadSession = { readonly publishId: string; readonly uploadUrl: string };

export interface TiktokProfile {
  readonly openId: string;
  readonly name: string;
  /** Null without the scope user.info.profile. */
  readonly username: string | null;
  readonly avatarUrl: string | null;
}

export interface PublishStatus {
  readonly status: string;
  readonly failReason: string | null;
  readonly uploadedBytes: number | null;
  /** Of public posts, once they are through moderation. */
  readonly postIds: readonly string[];
}

export interface TiktokVideo {
  readonly id: string;
  /** Milliseconds. */
  readonly createdAt: number;
  /** At most 150 characters of each. */
  readonly words: readonly string[];
  readonly shareUrl: string | null;
  readonly figures: PostMetrics['values'];
}

export interface VideoPage {
  readonly videos: readonly TiktokVideo[];
  /** Null: this was the last one. */
  readonly next: number | null;
}

const hourMs = 60 * 60_000;

/** TikTok never says how long to wait. What opens again within 24 hours is asked for each hour. */
const waitsMs: Readonly<Record<string, number>> = {
  rate_limit_exceeded: 60_000,
  spam_risk_too_many_posts: hourMs,
  spam_risk_too_many_pending_share: hourMs,
  reached_active_user_cap: hourMs,
};

const readings = ['videos', 'listVideos'];

/** Of the address for bytes the status is the whole answer. */
const spokenByUploads = [400, 403, 404, 416];

export function failureOf(answer: HttpAnswer, operation: string): PublishError {
  const error = recordAt(bodyOf(answer), 'error');
  const code = textAt(error, 'code') ?? undefined;
  const logId = textAt(error, 'log_id') ?? '';
  const words = textAt(error, 'message') ?? '';
  return classifyAnswer(readings.includes(operation) ? tiktokReadingErrors : tiktokErrors, {
    status: answer.status,
    code,
    message: logId === '' ? words : `${words} (log_id ${logId})`,
    operation,
    retryAfterMs: code === undefined ? undefined : waitsMs[code],
    recognised: code !== undefined || (operation === 'upload' && spokenByUploads.includes(answer.status)),
  });
}

/** The data of a success: its error has the code "ok". Null: it is none. */
export function dataOf(answer: HttpAnswer): unknown {
  if (answer.status < 200 || answer.status > 299) return null;
  const body = bodyOf(answer);
  return textAt(body, 'error', 'code') === 'ok' ? (recordAt(body, 'data') ?? {}) : null;
}

export const unreadable = unreadableBy('tiktok', 'TikTok');

export function readCreator(data: unknown): CreatorInfo | null {
  const privacyLevels = listAt(data, 'privacy_level_options');
  if (privacyLevels === null) return null;
  return {
    username: textAt(data, 'creator_username') ?? '',
    nickname: textAt(data, 'creator_nickname') ?? '',
    privacyLevels: [...textsAt(data, 'privacy_level_options')],
    commentDisabled: flagAt(data, 'comment_disabled') ?? false,
    duetDisabled: flagAt(data, 'duet_disabled') ?? false,
    stitchDisabled: flagAt(data, 'stitch_disabled') ?? false,
    maxVideoSec: numberAt(data, 'max_video_post_duration_sec'),
  };
}

export function readProfile(data: unknown): TiktokProfile | null {
  const user = recordAt(data, 'user');
  const openId = textAt(user, 'open_id');
  if (openId === null || openId === '') return null;
  const username = textAt(user, 'username');
  return {
    openId,
    name: textAt(user, 'display_name') ?? username ?? openId,
    username: username === '' ? null : username,
    avatarUrl: textAt(user, 'avatar_url'),
  };
}

export function readSession(data: unknown): UploadSession | null {
  const publishId = textAt(data, 'publish_id');
  const uploadUrl = textAt(data, 'upload_url');
  return publishId === null || uploadUrl === null ? null : { publishId, uploadUrl };
}

export function readPublishId(data: unknown): string | null {
  return textAt(data, 'publish_id');
}

/** The misspelt name is the one that is sent. */
export function readStatus(data: unknown): PublishStatus | null {
  const status = textAt(data, 'status');
  if (status === null) return null;
  const ids = listAt(data, 'publicaly_available_post_id') ?? listAt(data, 'publicly_available_post_id') ?? [];
  return {
    status,
    failReason: textAt(data, 'fail_reason'),
    uploadedBytes: numberAt(data, 'uploaded_bytes'),
    postIds: ids.filter((id) => typeof id === 'string' || typeof id === 'number').map(String),
  };
}

export function readPage(data: unknown): VideoPage | null {
  const videos = listAt(data, 'videos')?.map(readVideo);
  if (videos === undefined) return null;
  const next = flagAt(data, 'has_more') === true ? numberAt(data, 'cursor') : null;
  return { videos: videos.filter((video) => video !== null), next };
}

const figures: readonly (readonly [MetricName, string])[] = [
  ['views', 'view_count'],
  ['likes', 'like_count'],
  ['comments', 'comment_count'],
  ['shares', 'share_count'],
];

function readVideo(video: unknown): TiktokVideo | null {
  const id = textAt(video, 'id') ?? numberAt(video, 'id')?.toString() ?? null;
  if (id === null) return null;
  const values = figures.flatMap(([name, field]) => {
    const value = numberAt(video, field);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    id,
    createdAt: (numberAt(video, 'create_time') ?? 0) * 1000,
    words: [textAt(video, 'title') ?? '', textAt(video, 'video_description') ?? ''],
    shareUrl: textAt(video, 'share_url'),
    figures: Object.fromEntries(values),
  };
}
