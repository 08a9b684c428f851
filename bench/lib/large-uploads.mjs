import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Busboy } from '@fastify/busboy';

const MOST_BYTES = 8 * 1024 * 1024 * 1024;

/**
 * Stands before the simulated Mastodon as one that takes large videos: what is uploaded is counted, hashed and dropped as it
 * comes, and a small film goes on in its place. The simulator keeps what it gets in memory.
 */
export class LargeUploads {
  /** @type {{ bytes: number, sha256: string }[]} */
  received = [];

  /**
   * @param {string} target address of the simulated instance
   * @param {Buffer} film
   */
  constructor(target, film) {
    this.target = target;
    this.film = film;
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error) => response.destroy(error));
    });
  }

  async start() {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${this.server.address().port}`;
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async answer(request, response) {
    // Its addresses would lead past this one; instances before 4.3 have none.
    if (request.url.startsWith('/.well-known/')) return void response.writeHead(404).end('{}');
    const uploads = request.method === 'POST' && request.url === '/api/v2/media';
    const body = uploads ? await this.take(request) : await whole(request);
    const answer = await fetch(this.target + request.url, {
      method: request.method,
      headers: passedOn(request.headers, uploads),
      redirect: 'manual',
      ...(request.method === 'GET' || request.method === 'HEAD' ? {} : { body }),
    });
    const text = await answer.text();
    const told = request.url.startsWith('/api/v2/instance') ? larger(text) : text;
    const headers = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(told) }).end(told);
  }

  /** Answers with what goes on in place of the upload. */
  async take(request) {
    const parser = new Busboy({ headers: request.headers, limits: { fileSize: MOST_BYTES } });
    parser.on('file', (_field, file) => {
      const hash = createHash('sha256');
      let bytes = 0;
      file.on('data', (chunk) => {
        bytes += chunk.length;
        hash.update(chunk);
      });
      file.on('end', () => this.received.push({ bytes, sha256: hash.digest('hex') }));
    });
    request.pipe(parser);
    await once(parser, 'finish');
    const form = new FormData();
    form.append('file', new Blob([this.film], { type: 'video/mp4' }), 'film.mp4');
    return form;
  }
}

function larger(text) {
  const instance = JSON.parse(text);
  instance.configuration.media_attachments.video_size_limit = MOST_BYTES;
  return JSON.stringify(instance);
}

async function whole(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const OWN = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'];

function passedOn(headers, anotherBody) {
  const dropped = anotherBody ? [...OWN, 'content-type'] : OWN;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name)));
}
