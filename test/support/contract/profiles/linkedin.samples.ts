import type { Sample } from '../samples.js';
import { tinyVideo } from '../tiny-files.js';

const leastBytes = 80_000;

/** As long and as large as LinkedIn wants it: the tiny clip, eight times as slow, with free space behind it. */
export function slowVideo(seed = 1): Promise<Sample> {
  const clip = Buffer.from(tinyVideo);
  for (const box of ['mvhd', 'mdhd']) {
    const timescale = clip.indexOf(box) + 16;
    clip.writeUInt32BE(clip.readUInt32BE(timescale) / 8, timescale);
  }
  const size = Buffer.alloc(4);
  size.writeUInt32BE(leastBytes);
  const free = Buffer.concat([size, Buffer.from('free'), Buffer.alloc(leastBytes - 8, seed)]);
  const bytes = Buffer.concat([clip, free]);
  return Promise.resolve({ kind: 'video', bytes, fileName: `slow-${seed}.mp4`, altText: null });
}
