import type { Answer } from '../support/app/answer.js';
import type { TestApp } from '../support/app/test-app.js';

/** Rounds of two minutes: past every retry and every look of the platforms that are tried here. */
const ROUNDS = 60;

/** Drives the engine until the post has an outcome; answers the post. */
export async function settled(app: TestApp, postId: string): Promise<Answer['body']> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await app.settle();
    const { body } = await app.call('get', `/posts/${postId}`);
    if (!['scheduled', 'processing'].includes(body.status)) return body;
    await app.advance(2 * 60_000);
    await app.sweep();
  }
  const { body } = await app.call('get', `/posts/${postId}/explain`);
  throw new Error(`${postId} has no outcome: ${JSON.stringify(body)}`);
}
