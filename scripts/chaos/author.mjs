import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { RequestRefused } from '../demo/http.mjs';
import { pictureOf } from './picture.mjs';
import { bodyOf, filesOf } from './posts.mjs';

const AGAIN_AFTER_MS = 300;
const AT_ONCE = 4;
/** Every so manieth request is sent again under its key though it was answered. */
const REPEATED_EVERY = 10;

/** Somebody who has all these posts to publish, and repeats a request until it is answered, always under the same key. */
export class Author {
  /** Hashes of the pictures, by the number of the post. @type {Map<string, number>} */
  pictures = new Map();
  /** Answers of the API, by the number of the post. @type {Map<number, { id: string }>} */
  accepted = new Map();
  repeated = 0;
  /** Publications that were taken up again after the engine had died on them too often. */
  takenUp = 0;

  /**
   * @param {import('../demo/http.mjs').HttpApi} api
   * @param {{ seed: number, signal: AbortSignal }} options
   */
  constructor(api, { seed, signal }) {
    this.api = api;
    this.seed = seed;
    this.signal = signal;
  }

  /**
   * Sends the posts, evenly over a time.
   * @param {import('./posts.mjs').PlannedPost[]} posts
   * @param {number} withinMs
   */
  async publish(posts, withinMs) {
    const began = performance.now();
    const waiting = posts.map((post, index) => ({ post, at: (index / posts.length) * withinMs }));
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await pause(Math.max(0, began + next.at - performance.now()), undefined, { signal: this.signal });
        await this.publishOne(next.post);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  }

  /**
   * Sends one post, and sometimes once more, as somebody does who has not seen the answer.
   * @param {import('./posts.mjs').PlannedPost} post
   */
  async publishOne(post) {
    const wanted = filesOf(post);
    const body = bodyOf(post, {
      ...(wanted.picture ? { picture: await this.#uploadPicture(post.no) } : {}),
      ...(wanted.video ? { video: await this.#uploadVideo(post.no) } : {}),
    });
    const key = { 'idempotency-key': `chaos-${this.seed}-${post.no}` };
    const send = () => this.#untilAnswered(() => this.api.post('/api/v1/posts', body, key));
    this.accepted.set(post.no, await send());
    if (post.no % REPEATED_EVERY !== 0) return;
    this.repeated += 1;
    const { id } = await send();
    if (id !== this.accepted.get(post.no).id)
      throw new Error(
        `Post ${post.no} was accepted twice: as ${this.accepted.get(post.no).id} and as ${id}.`,
      );
  }

  /**
   * Five deaths without progress, and the engine leaves a publication to a person, who takes it up again here. Answers how many.
   * @returns {Promise<number>}
   */
  async retryCrashed() {
    const which = { code: 'engine.crash', limit: 500 };
    const { items } = await this.#untilAnswered(() => this.api.post('/api/v1/publications/retry', which));
    const retried = items.filter((item) => item.retried).length;
    this.takenUp += retried;
    return retried;
  }

  async #uploadPicture(no) {
    const picture = pictureOf(no);
    this.pictures.set(createHash('sha256').update(picture).digest('hex'), no);
    return this.#upload(picture, { type: 'image/png', name: `picture-${no}.png` });
  }

  #uploadVideo(no) {
    return this.#upload(videoOf(no), { type: 'video/mp4', name: `clip-${no}.mp4` });
  }

  async #upload(bytes, { type, name }) {
    const { id } = await this.#untilAnswered(() => {
      const form = new FormData();
      form.set('file', new Blob([bytes], { type }), name);
      return this.api.upload('/api/v1/media', form);
    });
    return id;
  }

  async #untilAnswered(request) {
    for (;;) {
      try {
        return await request();
      } catch (error) {
        this.signal.throwIfAborted();
        if (error instanceof RequestRefused && !mayBeRepeated(error.status)) throw error;
        this.repeated += 1;
        await pause(AGAIN_AFTER_MS, undefined, { signal: this.signal });
      }
    }
  }
}

/** The request under this key is still running, the server is busy, or it is away. */
const mayBeRepeated = (status) => status === 409 || status === 429 || status >= 500;

const CLIP = new URL('../demo/campaign.mp4', import.meta.url);

/** A box of free space at its end makes one clip differ from the other. */
function videoOf(no) {
  const box = Buffer.alloc(12);
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4, 'latin1');
  box.writeUInt32BE(no, 8);
  return Buffer.concat([readFileSync(CLIP), box]);
}
