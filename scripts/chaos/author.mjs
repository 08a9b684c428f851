import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RequestRefused } from '../demo/http.mjs';
import { pictureOf } from './picture.mjs';
import { bodyOf } from './posts.mjs';

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
    const mediaId = post.picture ? await this.#upload(post.no) : undefined;
    const body = bodyOf(post, mediaId);
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

  async #upload(no) {
    const picture = pictureOf(no);
    this.pictures.set(createHash('sha256').update(picture).digest('hex'), no);
    const { id } = await this.#untilAnswered(() => {
      const form = new FormData();
      form.set('file', new Blob([picture], { type: 'image/png' }), `picture-${no}.png`);
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
