import { Readable } from 'node:stream';
import { MediaService } from '../../src/modules/media/index.js';
import { MediaServer } from '../support/contract/media-server.js';
import { image } from '../support/contract/samples.js';
import { Engine } from '../support/engine/engine.js';

/** Where platforms of the contract suite fetch what they take no bytes of. */
describe('the public address of the contract suite', () => {
  let files: MediaServer;
  let engine: Engine;
  let url: string;
  let bytes: Buffer;

  beforeAll(async () => {
    files = await MediaServer.start();
    engine = await Engine.start(undefined, { ...Engine.fakeParts, env: { PUBLIC_URL: files.url } });
    files.serve(engine.app.get(MediaService));
    const sample = await image();
    bytes = sample.bytes;
    const upload = { stream: Readable.from([bytes]), fileName: sample.fileName };
    const { id } = await engine.app.get(MediaService).upload(engine.workspaceId, upload);
    url = engine.app.get(MediaService).fileUrl(engine.workspaceId, id);
  });
  afterAll(async () => {
    await files.stop();
    await engine.stop();
  });

  it('gives a file to whoever has its link, whole or in part', async () => {
    const whole = await fetch(url);
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
    const part = await fetch(url, { headers: { range: 'bytes=0-9' } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
  });

  it('says the size when only that is asked for', async () => {
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
  });

  it('knows nothing else', async () => {
    const other = await fetch(new URL('/api/v1/posts', files.url));
    expect(other.status).toBe(404);
  });
});
