import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { drawPicture } from './picture.mjs';

export const TEXT = 'Hello from Fanfare: one post, every platform, exactly once.';
const LINK = 'https://example.com/fanfare';
const ALT_TEXT = 'A fan of golden rays over an evening sky';
const POLL_MS = 150;
const PATIENCE_MS = 60_000;

/**
 * Uploads a picture and answers with its id.
 * @param {import('./http.mjs').HttpApi} api
 * @returns {Promise<string>}
 */
export async function uploadPicture(api) {
  const form = new FormData();
  form.set('altText', ALT_TEXT);
  form.set('file', new Blob([drawPicture()], { type: 'image/png' }), 'fanfare.png');
  const { id } = await api.upload('/api/v1/media', form);
  return id;
}

/**
 * Schedules one post for all accounts.
 * @param {import('./http.mjs').HttpApi} api
 * @param {{ mediaId: string, accountIds: string[], inMs: number }} wanted
 */
export function schedulePost(api, { mediaId, accountIds, inMs }) {
  const post = {
    text: TEXT,
    link: LINK,
    media: [{ id: mediaId, altText: ALT_TEXT }],
    scheduledFor: new Date(Date.now() + inMs).toISOString(),
    targets: accountIds.map((accountId) => ({ accountId })),
  };
  return api.post('/api/v1/posts', post, { 'idempotency-key': randomUUID() });
}

/**
 * Reads the post until its plan has settled.
 * @param {import('./http.mjs').HttpApi} api
 * @param {{ id: string, dueAt: string }} scheduled
 * @param {(post: object) => void} onRead
 */
export async function followPost(api, { id, dueAt }, onRead) {
  const deadline = new Date(dueAt).getTime() + PATIENCE_MS;
  for (;;) {
    const post = await api.get(`/api/v1/posts/${id}`);
    onRead(post);
    if (post.outcome !== null && post.summary.pending === 0) return post;
    if (Date.now() > deadline) throw new Error(`The post has not settled within ${PATIENCE_MS / 1000} s.`);
    await pause(POLL_MS, undefined, { signal: api.signal });
  }
}
