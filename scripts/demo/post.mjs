import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { drawPicture } from './picture.mjs';

export const TEXT = 'Hello from Fanfare: one post, every platform, exactly once.';
const LINK = 'https://example.com/fanfare';
const POLL_MS = 150;
const PATIENCE_MS = 120_000;

/** Five seconds upright, small: H.264 and AAC, as all platforms take it. */
const CLIP = new URL('campaign.mp4', import.meta.url);

export const FILES = [
  {
    kind: 'image',
    name: 'fanfare.png',
    type: 'image/png',
    altText: 'A fan of golden rays over an evening sky',
    read: drawPicture,
  },
  {
    kind: 'video',
    name: 'fanfare.mp4',
    type: 'video/mp4',
    altText: 'The evening sky turns golden',
    read: () => readFileSync(CLIP),
  },
];

/**
 * Uploads the picture and the video.
 * @param {import('./http.mjs').HttpApi} api
 * @returns {Promise<{ id: string, altText: string }[]>}
 */
export async function uploadMedia(api) {
  const media = [];
  for (const { name, type, altText, read } of FILES) {
    const form = new FormData();
    form.set('altText', altText);
    form.set('file', new Blob([read()], { type }), name);
    const { id } = await api.upload('/api/v1/media', form);
    media.push({ id, altText });
  }
  return media;
}

/**
 * Schedules one post for all accounts.
 * @param {import('./http.mjs').HttpApi} api
 * @param {{ media: { id: string, altText: string }[], targets: { accountId: string, settings: object }[], inMs: number }} wanted
 */
export function schedulePost(api, { media, targets, inMs }) {
  const scheduledFor = new Date(Date.now() + inMs).toISOString();
  const post = { text: TEXT, link: LINK, media, scheduledFor, targets };
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
