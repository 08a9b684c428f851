import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { closeUnusedConnections } from './unused.connections.js';

describe('closing the server', () => {
  let fastify: FastifyInstance;
  let client: Socket;
  let answer: (() => void) | null;

  beforeEach(async () => {
    answer = null;
    fastify = Fastify();
    closeUnusedConnections(fastify);
    fastify.get('/', (_request, reply) => {
      answer = () => void reply.send('done');
    });
    const url = new URL(await fastify.listen({ port: 0, host: '127.0.0.1' }));
    const accepted = once(fastify.server, 'connection');
    client = connect({ port: Number(url.port), host: url.hostname });
    await accepted;
  });

  afterEach(() => {
    client.destroy();
  });

  it('does not wait for a connection that was opened in advance', async () => {
    const ended = once(client, 'close');
    client.resume();
    await fastify.close();
    await ended;
  });

  it('waits for the answer that somebody waits for', async () => {
    const asked = once(fastify.server, 'request');
    client.write('GET / HTTP/1.1\r\nHost: fanfare\r\n\r\n');
    await asked;
    const closed = fastify.close();
    answer?.();
    const [received]: unknown[] = await once(client, 'data');
    expect(String(received)).toContain('done');
    client.end();
    await closed;
  });
});
