import {
  request as sendRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const HOP_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
]);

/** Sends the request to the server and reads its whole answer. */
export function forward(target: string, incoming: IncomingMessage, body: Buffer): Promise<UpstreamAnswer> {
  const base = new URL(target);
  const headers: IncomingHttpHeaders = { ...withoutHopHeaders(incoming.headers), host: base.host };
  if (body.length > 0 || incoming.headers['content-length'] !== undefined) {
    headers['content-length'] = String(body.length);
  }
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(
      {
        host: base.hostname,
        port: base.port,
        method: incoming.method,
        path: base.pathname.replace(/\/$/, '') + (incoming.url ?? '/'),
        headers,
        agent: false,
      },
      (upstream) => {
        const chunks: Buffer[] = [];
        upstream.on('data', (chunk: Buffer) => chunks.push(chunk));
        upstream.on('error', reject);
        upstream.on('end', () =>
          resolve({
            status: upstream.statusCode ?? 502,
            headers: upstream.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

interface Losing {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** Null when the server was not asked. */
  readonly answer: UpstreamAnswer | null;
}

/** Ends the exchange as the mode says; `pass` hands the answer over. */
export async function loseAnswer(mode: string, { incoming, response, answer }: Losing): Promise<void> {
  if (mode.startsWith('reset')) return void incoming.socket.resetAndDestroy();
  if (mode.startsWith('hang')) return;
  const gatewayStatus = /^(50\d)-/.exec(mode)?.[1];
  if (gatewayStatus !== undefined || answer === null) {
    response.writeHead(Number(gatewayStatus ?? 502), { 'content-type': 'text/html' });
    return void response.end(`<html><body><h1>${gatewayStatus ?? 502}</h1></body></html>`);
  }
  const headers = { ...withoutHopHeaders(answer.headers), 'content-length': answer.body.length };
  if (mode !== 'truncate-after') {
    response.writeHead(answer.status, headers);
    return void response.end(answer.body);
  }
  response.writeHead(answer.status, { ...headers, 'content-length': answer.body.length + 1 });
  const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
  await new Promise<void>((resolve) => response.write(half, () => resolve()));
  response.destroy();
}

function withoutHopHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_HEADERS.has(name)));
}
