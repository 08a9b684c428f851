import { probeMovie } from './movie.probe.js';

function box(type: string, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

function movieHeader(timescale: number, duration: number): Buffer {
  const content = Buffer.alloc(100);
  content.writeUInt32BE(timescale, 12);
  content.writeUInt32BE(duration, 16);
  return box('mvhd', content);
}

function track(width: number, height: number): Buffer {
  const content = Buffer.alloc(84);
  content.writeUInt32BE(width * 65_536, 76);
  content.writeUInt32BE(height * 65_536, 80);
  return box('trak', box('tkhd', content));
}

describe('the look into a movie', () => {
  it('finds its length, and the size of the first track that is seen', () => {
    const movie = [movieHeader(600, 1500), track(0, 0), track(540, 960)];
    const file = Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', ...movie)]);
    expect(probeMovie(file)).toEqual({ width: 540, height: 960, durationMs: 2500 });
  });

  it('knows nothing of another file, or of one without a picture', () => {
    expect(probeMovie(Buffer.from('no movie at all'))).toBeNull();
    expect(probeMovie(box('moov', movieHeader(600, 1500), track(0, 0)))).toBeNull();
    expect(probeMovie(box('ftyp', Buffer.from('isom')))).toBeNull();
  });
});
