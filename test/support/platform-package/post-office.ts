import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Card {
  readonly text: string;
  readonly stamp: string | null;
  readonly key: string;
}

interface Reply {
  readonly status: number;
  readonly body: object;
}

/** What the package's platform talks to. */
export class PostOffice {
  readonly token = 'counter-7';
  readonly cards: Card[] = [];
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage): Promise<Reply> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      return { status: 401, body: { error: 'token_unknown' } };
    }
    if (request.url === '/me') return { status: 200, body: { id: 'po-1', name: 'Post office' } };
    return request.method === 'POST' ? this.take(Buffer.concat(chunks).toString()) : this.search(request.url);
  }

  private take(text: string): Reply {
    const card = JSON.parse(text) as Card;
    if (card.stamp === null) return { status: 422, body: { error: 'stamp_missing' } };
    this.cards.push(card);
    return { status: 201, body: this.shown(card) };
  }

  private search(url = ''): Reply {
    const key = new URL(url, this.url).searchParams.get('key');
    return {
      status: 200,
      body: { cards: this.cards.filter((card) => card.key === key).map((card) => this.shown(card)) },
    };
  }

  private shown(card: Card): object {
    const id = String(this.cards.indexOf(card) + 1);
    return { id, url: `https://postcard.example/${id}` };
  }
}
