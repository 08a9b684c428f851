import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { parsePublicId } from '../../../src/common/ids/index.js';
import type { MediaService } from '../../../src/modules/media/index.js';

/** What an installation's PUBLIC_URL leads to: platforms that take no bytes fetch the files of a post here. */
export class MediaServer {
  private media: MediaService | null = null;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<MediaServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const made = new MediaServer(server, `http://127.0.0.1:${address.port}`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      made.answer(request, response).catch(() => response.destroy());
    });
    return made;
  }

  serve(media: MediaService): void {
    this.media = media;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(
    { url = '', method, headers }: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { pathname, searchParams } = new URL(url, this.url);
    const [, id = ''] = /^\/api\/v1\/media\/(\w+)\/file$/.exec(pathname) ?? [];
    const value = (name: string): string => searchParams.get(name) ?? '';
    const assetId = parsePublicId('med', id);
    if (this.media === null || assetId === null) {
      response.writeHead(404).end();
      return;
    }
    const signed = {
      assetId,
      expires: value('expires'),
      signature: value('signature'),
      rendition: value('rendition'),
    };
    const file = await this.media.openSigned(signed, headers.range);
    const { range, bytes } = file;
    response.writeHead(range === null ? 200 : 206, {
      'content-type': file.mimeType,
      'content-length': range === null ? bytes : range.last - range.first + 1,
      'accept-ranges': 'bytes',
      ...(range === null ? {} : { 'content-range': `bytes ${range.first}-${range.last}/${bytes}` }),
    });
    if (method === 'HEAD') {
      file.stream.destroy();
      response.end();
      return;
    }
    await pipeline(file.stream, response);
  }
}
