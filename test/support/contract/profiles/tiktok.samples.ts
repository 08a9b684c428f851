import { uprightVideo, type Sample } from '../samples.js';

/** Enough for two pieces, of which the last takes the rest. */
const leastBytes = 20_000_500;

/** A clip that a box of free space makes large. */
export async function longVideo(): Promise<Sample> {
  const { bytes, ...rest } = await uprightVideo(7);
  const size = leastBytes - bytes.length;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size);
  head.write('free', 4, 'latin1');
  return { ...rest, bytes: Buffer.concat([bytes, head, Buffer.alloc(size - 8)]), fileName: 'long.mp4' };
}
