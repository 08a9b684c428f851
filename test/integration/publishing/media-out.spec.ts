import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { HttpClient } from '../../../src/common/http/index.js';
import { MediaService } from '../../../src/modules/media/index.js';
import { type PublishContext, uploadInChunks } from '../../../src/platforms/core/index.js';
import { Engine } from '../../support/engine/engine.js';
import type { FakeClient } from '../../support/engine/fake-platform.js';

const minute = 60_000;
const chunkBytes = 1000;

interface Received {
  readonly url: string;
  readonly body: Buffer;
}

describe('a file on its way out', () => {
  let engine: Engine;
  let account: string;
  let number = 0;
  let file: Buffer;
  let fileId: string;
  let server: Server;
  let base: string;
  let received: Received[];
  let answer: (request: Received, response: ServerResponse, message: IncomingMessage) => void | Promise<void>;

  beforeAll(async () => {
    engine = await Engine.start();
    file = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: 'black',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .png({ compressionLevel: 0 })
      .toBuffer();
    server = createServer((message, response) => {
      void buffer(message).then((body) => {
        const request = { url: message.url ?? '', body };
        received.push(request);
        return answer(request, response, message);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    base = `http://127.0.0.1:${address.port}`;
    engine.behaviour.media = {
      limits: [
        { kind: 'image', maxItems: 1, mimeTypes: ['image/png'], maxBytes: 1_000_000, maxAltText: 100 },
      ],
      maxItems: 1,
      mixes: [],
    };
    const upload = { stream: Readable.from([file]), fileName: 'noise.png' };
    fileId = (await engine.app.get(MediaService).upload(engine.workspaceId, upload)).id;
  });

  afterAll(async () => {
    await engine.stop();
    server.closeAllConnections();
    server.close();
  });

  beforeEach(async () => {
    account = await engine.connect(`out${(number += 1)}`);
    engine.behaviour.callDeadlineMs = minute;
    engine.behaviour.repeatSafeForMs = null;
    received = [];
    answer = (_request, response) => {
      response.end('{}');
    };
  });

  const only = (ctx: PublishContext) => {
    const [item] = ctx.content.media;
    if (item === undefined) throw new Error('the post has no file');
    return ctx.media(item);
  };

  async function chunked(ctx: PublishContext, client: FakeClient, http: HttpClient) {
    await uploadInChunks(ctx, {
      key: 'film',
      source: only(ctx),
      chunkBytes,
      send: async ({ offset, source, isLast }) => {
        const url = `${base}/chunk?offset=${offset}&last=${isLast}`;
        const body = { kind: 'stream', source, contentType: 'image/png' } as const;
        await http.send({ method: 'POST', url, body });
      },
    });
    return ctx.commit('post', () => client.create(ctx.account.externalId, ctx.content.text));
  }

  it('goes piece by piece, and another worker goes on behind the last piece that is recorded', async () => {
    const http = engine.app.get(HttpClient);
    engine.behaviour.publish = (ctx, client) => chunked(ctx, client, http);
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    const held = new Promise<void>((reached) => {
      answer = async ({ url }, response) => {
        if (url.includes('offset=2000') && received.length === 3) {
          reached();
          await until;
        }
        response.end('{}');
      };
    });
    const postId = await engine.post({ accounts: [account], media: [fileId] });
    const running = engine.settle();
    await held;

    const other = await Engine.start(engine);
    await engine.advance(2 * minute);
    await other.sweep();
    await other.settle();
    expect(await engine.plan(postId)).toMatchObject({ status: 'published' });
    release();
    await running;
    await engine.settle();
    await other.stop();

    const offsets = received.map(({ url }) => Number(new URL(url, base).searchParams.get('offset')));
    const count = Math.ceil(file.length / chunkBytes);
    const all = Array.from({ length: count }, (_, index) => index * chunkBytes);
    expect(offsets).toEqual([...all.slice(0, 3), ...all.slice(2)]);
    const kept = received.filter((_, index) => index !== 2);
    expect(Buffer.concat(kept.map(({ body }) => body)).equals(file)).toBe(true);
    expect(kept.map(({ url }) => url.endsWith('last=true'))).toEqual(all.map((_, i) => i === count - 1));
    expect(engine.server.calls).toBe(1);
  });

  it('has no address where nobody outside could fetch it, and the target fails with the ways out', async () => {
    engine.behaviour.publish = async (ctx, client) => {
      const [item] = ctx.content.media;
      if (item === undefined) throw new Error('the post has no file');
      const url = await ctx.mediaUrl(item, { validForMs: minute });
      return ctx.commit('post', () => client.create(ctx.account.externalId, url));
    };
    const postId = await engine.post({ accounts: [account], media: [fileId] });
    await engine.settle();
    const [publication] = (await engine.plan(postId)).publications;
    expect(publication).toMatchObject({
      status: 'failed',
      error: { code: 'media_public_url_required', remedy: expect.stringContaining('PUBLIC_URL') },
    });
  });

  it('in a visible call has its hash recorded before, and the same one when the call is repeated', async () => {
    const http = engine.app.get(HttpClient);
    engine.behaviour.repeatSafeForMs = 50 * minute;
    engine.behaviour.publish = (ctx) =>
      ctx.commit(
        'post',
        async () => {
          const part = { name: 'photo', filename: 'a.png', contentType: 'image/png', source: only(ctx) };
          const body = { kind: 'multipart', parts: [part] } as const;
          await http.send({ method: 'POST', url: `${base}/post`, body });
          return { platformPostId: 'the-post', permalink: null };
        },
        { repeatSafeForMs: 50 * minute },
      );
    answer = (_request, response, message) => {
      if (received.length === 1) message.socket.destroy();
      else response.end('{}');
    };
    const postId = await engine.post({ accounts: [account], media: [fileId] });
    await engine.settle();
    for (let round = 0; round < 10 && received.length < 2; round += 1) {
      await engine.advance(minute);
      await engine.sweep();
      await engine.settle();
    }
    expect(await engine.plan(postId)).toMatchObject({ status: 'published' });
    const [first, second] = received.map(({ body }) => body);
    expect(first?.includes(file)).toBe(true);
    expect(second?.equals(first ?? Buffer.alloc(0))).toBe(true);
    const calls = await engine.rows(
      `SELECT outcome, request_hash, (request->>'bodyBytes')::int AS bytes FROM calls ORDER BY started_at DESC LIMIT 2`,
    );
    expect(calls).toMatchObject([
      { outcome: 'done', bytes: first?.length },
      { outcome: 'unknown', bytes: first?.length },
    ]);
    expect(calls[0]?.['request_hash']).toBe(calls[1]?.['request_hash']);
  });
});
