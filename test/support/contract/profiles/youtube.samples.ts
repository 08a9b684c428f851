import { video, type Sample } from '../samples.js';

/** Too large for one piece. */
export async function largeVideo(): Promise<Sample> {
  const sample = await video();
  const head = Buffer.alloc(8);
  head.writeUInt32BE(600_000);
  head.write('free', 4, 'latin1');
  return { ...sample, bytes: Buffer.concat([sample.bytes, head, Buffer.alloc(599_992, 7)]) };
}
