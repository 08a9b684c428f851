import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { ManualClock } from '../clock/index.js';
import {
  AddressGuard,
  type AnswerEvidence,
  gateSend,
  HttpClient,
  type HttpTransportError,
  NeverSentError,
  outboundScopes,
  type OutboundRequest,
  type OutboundScope,
  type RequestEvidence,
  type SendPermit,
  sliceOf,
  sourceOf,
} from './index.js';

describe('outbound scopes', () => {
  const clock = new ManualClock();
  let client: HttpClient;
  let server: Server;
  let url: string;
  let connections: number;
  let bytesReceived: number;
  let requests: { message: IncomingMessage; body: string }[];
  let hang: boolean;

  beforeEach(async () => {
    [connections, bytesReceived, requests, hang] = [0, 0, [], false];
    client = new HttpClient({ guard: new AddressGuard(['127.0.0.0/8']), clock });
    server = createServer((message, response) => {
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.on('end', () => {
        requests.push({ message, body: Buffer.concat(chunks).toString() });
        if (hang) return;
        if (message.url === '/redirect') response.writeHead(302, { location: '/else' }).end();
        if (response.headersSent) return;
        response.setHeader('content-type', 'application/json');
        response.setHeader('set-cookie', 'sid=hidden');
        response.end('{"id":"1","access_token":"hidden-token"}');
      });
    });
    server.on('connection', (socket) => {
      connections++;
      socket.on('data', (data) => (bytesReceived += data.length));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    client.onModuleDestroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const permit = (more: Partial<SendPermit> = {}): SendPermit => ({
    sendBefore: clock.monotonicMs() + 5_000,
    deadlineMs: 1_000,
    signal: new AbortController().signal,
    ...more,
  });

  class Recorder {
    readonly before: RequestEvidence[] = [];
    readonly answers: AnswerEvidence[] = [];
    readonly failures: HttpTransportError[] = [];
    readonly abort = new AbortController();

    scope(kind: OutboundScope['kind'], beforeSend?: OutboundScope['beforeSend']): OutboundScope {
      return {
        kind,
        signal: this.abort.signal,
        onAnswer: (answer) => this.answers.push(answer),
        onFailure: (error) => this.failures.push(error),
        ...(beforeSend === undefined ? {} : { beforeSend }),
      };
    }

    commit(decide: () => Promise<SendPermit> = () => Promise.resolve(permit())): OutboundScope {
      return this.scope('commit', (evidence) => {
        this.before.push(evidence);
        return decide();
      });
    }
  }

  const post: () => OutboundRequest = () => ({
    method: 'POST',
    url: `${url}/bot123456:AAE-secret/send?access_token=hidden`,
    headers: { Authorization: 'Bearer hidden', 'Idempotency-Key': 'k-1' },
    body: { kind: 'json', value: { text: 'hello', password: 'hidden' } },
  });

  it('ask the gate with the whole request before a socket is opened', async () => {
    const recorder = new Recorder();
    const seen: number[] = [];
    const scope = recorder.commit(() => {
      seen.push(connections);
      return Promise.resolve(permit());
    });
    await outboundScopes.run(scope, () => client.send(post()));
    expect(seen).toEqual([0]);
    const [evidence] = recorder.before;
    expect(evidence?.bodySha256).toBe(
      createHash('sha256')
        .update(requests[0]?.body ?? '')
        .digest('hex'),
    );
    expect(evidence?.bodyBytes).toBe(requests[0]?.body.length);
    expect(recorder.answers).toEqual([
      expect.objectContaining({
        status: 200,
        receivedAt: clock.now(),
        headers: expect.objectContaining({ 'content-type': 'application/json' }),
      }),
    ]);
  });

  it('record no secret', async () => {
    const recorder = new Recorder();
    await outboundScopes.run(recorder.commit(), () =>
      client.send({ ...post(), redact: (text) => text.replaceAll('hello', '[mine]') }),
    );
    const recorded = JSON.stringify([recorder.before, recorder.answers]);
    expect(recorded).not.toMatch(/hidden|AAE-secret|hello/);
    expect(recorded).toContain('[mine]');
    expect(recorder.before[0]?.headers).toEqual({
      'content-type': 'application/json',
      'idempotency-key': 'k-1',
      'user-agent': 'Fanfare',
    });
  });

  it('send nothing when the gate rejects, and pass its error on unchanged', async () => {
    const recorder = new Recorder();
    const refusal = new Error('the lease is lost');
    const attempt = outboundScopes.run(
      recorder.commit(() => Promise.reject(refusal)),
      () => client.send(post()),
    );
    await expect(attempt).rejects.toBe(refusal);
    expect(connections).toBe(0);
    expect(recorder.failures).toEqual([]);
  });

  it('send nothing once the window is over, though the connection is up', async () => {
    const recorder = new Recorder();
    const slow = new AddressGuard(['127.0.0.0/8'], () => {
      clock.advance(5_001);
      return Promise.resolve([{ address: '127.0.0.1' }]);
    });
    const late = new HttpClient({ guard: slow, clock });
    const request = { ...post(), url: url.replace('127.0.0.1', 'slow.example') };
    const attempt = outboundScopes.run(recorder.commit(), () => late.send(request));
    await expect(attempt).rejects.toBeInstanceOf(NeverSentError);
    expect(recorder.failures).toEqual([
      expect.objectContaining({ phase: 'before_send', reason: 'too_late' }),
    ]);
    expect(bytesReceived).toBe(0);
    late.onModuleDestroy();
  });

  it('send within the last moment of the window', async () => {
    const recorder = new Recorder();
    const scope = recorder.commit(() => Promise.resolve(permit({ sendBefore: clock.monotonicMs() })));
    await outboundScopes.run(scope, () => client.send(post()));
    expect(requests).toHaveLength(1);
  });

  it('send nothing without a gate, nor a stream whose bytes nobody knows', async () => {
    const recorder = new Recorder();
    await expect(
      outboundScopes.run(recorder.scope('commit'), () => client.send(post())),
    ).rejects.toMatchObject({
      phase: 'before_send',
      reason: 'no_gate',
    });
    const source = sliceOf(sourceOf(Buffer.from('xy')), { first: 0, last: 0 });
    const body = { kind: 'stream', source, contentType: 'video/mp4' } as const;
    await expect(
      outboundScopes.run(recorder.commit(), () => client.send({ ...post(), body })),
    ).rejects.toMatchObject({
      phase: 'before_send',
      reason: 'request_refused',
    });
    expect([recorder.before.length, connections]).toEqual([0, 0]);
  });

  it('know a streamed file by its own hash: the same file makes the same call, another one another', async () => {
    const recorder = new Recorder();
    const file = (content: string, type = 'video/mp4'): OutboundRequest => {
      const part = {
        name: 'video',
        filename: 'a.mp4',
        contentType: type,
        source: sourceOf(Buffer.from(content)),
      };
      return { ...post(), body: { kind: 'multipart', parts: [part] } };
    };
    for (const request of [file('one'), file('one'), file('two'), file('one', 'video/webm')]) {
      await outboundScopes.run(recorder.commit(), () => client.send(request));
    }
    const [first, again, other, typed] = recorder.before;
    expect(again).toEqual(first);
    expect(new Set([first, other, typed].map((evidence) => evidence?.bodySha256)).size).toBe(3);
    expect(recorder.before.map((evidence) => evidence.bodyBytes)).toEqual(
      requests.map(({ body }) => body.length),
    );
    expect(first?.bodyExcerpt).toContain('video: a.mp4 [3 bytes video/mp4]');
  });

  it('take a connection of its own for each commit and follow no redirect', async () => {
    const recorder = new Recorder();
    await client.send({ method: 'GET', url });
    const get = { method: 'GET', url: `${url}/redirect`, allowRedirects: 3, freshConnection: false };
    const answer = await outboundScopes.run(recorder.commit(), () => client.send(get));
    expect(answer.status).toBe(302);
    expect(connections).toBe(2);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.message.headers.connection).toBe('close');
  });

  it('abort at the deadline, and that proves nothing', async () => {
    hang = true;
    const recorder = new Recorder();
    const scope = recorder.commit(() => Promise.resolve(permit({ deadlineMs: 50 })));
    await expect(
      outboundScopes.run(scope, () => client.send({ ...post(), timeoutMs: 60_000 })),
    ).rejects.toMatchObject({
      phase: 'after_send',
      reason: 'timeout',
    });
    expect(recorder.failures).toHaveLength(1);
  });

  it.each(['scope', 'permit'])('abort with the %s, before and after the first byte', async (whose) => {
    hang = true;
    const recorder = new Recorder();
    const permitted = new AbortController();
    const abort = (): void => {
      (whose === 'scope' ? recorder.abort : permitted).abort(new Error('shutdown'));
    };
    server.once('request', abort);
    const scope = recorder.commit(() => Promise.resolve(permit({ signal: permitted.signal })));
    const run = (): Promise<unknown> => outboundScopes.run(scope, () => client.send(post()));
    await expect(run()).rejects.toMatchObject({ phase: 'after_send', reason: 'aborted' });
    const received = bytesReceived;
    await expect(run()).rejects.toMatchObject({ phase: 'before_send', reason: 'aborted' });
    expect(bytesReceived).toBe(received);
  });

  it('abort other work by their signal too', async () => {
    hang = true;
    const recorder = new Recorder();
    server.once('request', () => {
      recorder.abort.abort();
    });
    const attempt = outboundScopes.run(recorder.scope('look'), () => client.send(post()));
    await expect(attempt).rejects.toMatchObject({ phase: 'after_send', reason: 'aborted' });
  });

  it('watch steps, looks and connecting without gating them', async () => {
    const recorder = new Recorder();
    const never = (): Promise<SendPermit> => Promise.reject(new Error('asked'));
    for (const kind of ['step', 'look', 'connect'] as const) {
      await outboundScopes.run(recorder.scope(kind, never), () => client.send(post()));
    }
    expect(recorder.answers).toHaveLength(3);
    expect(outboundScopes.current()).toBeUndefined();
  });

  it('give whoever sends by hand the same gate', async () => {
    const recorder = new Recorder();
    const evidence = {
      method: 'SMTP',
      url: 'smtp://mail',
      bodySha256: 'x',
      bodyBytes: 1,
      headers: {},
      bodyExcerpt: '',
    };
    const gate = await outboundScopes.run(recorder.commit(), () => gateSend(evidence, clock));
    expect(gate).toMatchObject({ commit: true, deadlineMs: 1_000 });
    expect(recorder.before).toEqual([evidence]);
    gate.assertOpen();
    clock.advance(5_001);
    expect(() => {
      gate.assertOpen();
    }).toThrow(NeverSentError);
    expect((await gateSend(evidence, clock)).commit).toBe(false);
  });
});
