import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { HttpExchange } from '../core/http.exchange.js';
import { isJsonObject, parseJson, type JsonObject } from '../core/json.js';
import { closeServer, listenOnLoopback } from '../core/loopback.js';
import { compilePath } from '../core/path.pattern.js';
import { json, type SandboxResponse } from '../core/response.js';
import { InvalidInput } from '../core/simulator.js';
import type { ControlRoute } from './control.routes.js';

/** The control API and the inbox page. */
export class ControlServer {
  private readonly server: Server;
  private readonly routes: readonly (ControlRoute & { pattern: ReturnType<typeof compilePath> })[];

  constructor(routes: readonly ControlRoute[]) {
    this.routes = routes.map((route) => ({ ...route, pattern: compilePath(route.path) }));
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  listen(port: number): Promise<number> {
    return listenOnLoopback(this.server, port);
  }

  close(): Promise<void> {
    return closeServer(this.server);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new HttpExchange(request, response);
    const body = await exchange.readBody();
    const answer =
      body === null ? json(400, { error: 'no body' }) : await this.answer(request, exchange, body);
    if (!exchange.clientGone.aborted) exchange.send(answer);
  }

  private async answer(
    request: IncomingMessage,
    exchange: HttpExchange,
    body: Buffer,
  ): Promise<SandboxResponse> {
    try {
      const url = new URL(request.url ?? '/', 'http://sandbox');
      for (const { method, pattern, handle } of this.routes) {
        const params = method === request.method ? pattern.match(url.pathname) : null;
        if (!params) continue;
        const headers = exchange.headers();
        return await handle({ params, query: url.searchParams, headers, input: readInput(body) });
      }
      return json(404, { error: `no route ${request.method ?? ''} ${url.pathname}` });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return json(error instanceof InvalidInput ? 400 : 500, { error: message });
    }
  }
}

function readInput(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = parseJson(body.toString('utf8'));
  } catch {
    throw new InvalidInput('the body is no JSON');
  }
  if (!isJsonObject(value)) throw new InvalidInput('the body must be an object');
  return value;
}
