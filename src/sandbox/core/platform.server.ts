import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { OpenCall } from './call.gate.js';
import type { FaultAction } from './fault.rules.js';
import { faultResponse } from './fault.response.js';
import { HttpExchange } from './http.exchange.js';
import { closeServer, listenOnLoopback } from './loopback.js';
import { redactHeaders } from './redaction.js';
import type { RequestBody, SandboxRequest } from './request.js';
import { json, Refusal, type SandboxResponse } from './response.js';
import { chooseRoute } from './route.choice.js';
import { Router, type Route, type Target } from './router.js';
import type { Simulator, SimulatorEnvironment } from './simulator.js';
import { inspect, type Finding, type IncomingParts } from './strictness.js';

/** The HTTP server of one simulated platform. */
export class PlatformServer {
  private readonly router: Router;
  private readonly server: Server;

  constructor(
    private readonly simulator: Simulator,
    private readonly environment: SimulatorEnvironment,
  ) {
    this.router = new Router(simulator.hosts, simulator.operations);
    this.server = createServer((request, response) => {
      const exchange = new HttpExchange(request, response);
      this.serve(request, exchange).catch((error: unknown) => {
        this.reportFailure(null, error);
        exchange.reset();
      });
    });
  }

  listen(port: number): Promise<number> {
    return listenOnLoopback(this.server, port);
  }

  close(): Promise<void> {
    return closeServer(this.server);
  }

  private async serve(request: IncomingMessage, exchange: HttpExchange): Promise<void> {
    const bytes = await exchange.readBody();
    if (bytes === null) return exchange.reset();
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const target = this.router.target(url.pathname);
    const method = request.method ?? 'GET';
    const parts: IncomingParts = { query: url.searchParams, headers: exchange.headers(), bytes };
    const route = await chooseRoute(this.router.find(method, target), parts);
    const call = this.openCall(method, target, route, parts);
    if (!route)
      return this.refuse(exchange, call, null, [{ what: 'route', detail: `${method} ${url.pathname}` }]);
    const { body, findings } = await inspect(route.operation, parts);
    if (findings.length > 0) return this.refuse(exchange, call, route, findings);
    await this.act(exchange, call, () =>
      this.handle(route, target, method, { ...parts, body }, exchange, call),
    );
  }

  private openCall(method: string, target: Target, route: Route | null, parts: IncomingParts): OpenCall {
    return this.environment.gate.open({
      platform: this.simulator.key,
      operation: route?.operation.name ?? 'unknown',
      method,
      path: route?.shownPath ?? target.path,
      visible: route?.operation.visible ?? false,
      headers: redactHeaders(parts.headers),
    });
  }

  private refuse(
    exchange: HttpExchange,
    call: OpenCall,
    route: Route | null,
    findings: readonly Finding[],
  ): void {
    for (const finding of findings) {
      const operation = route?.operation.name ?? null;
      this.environment.unexpected.add({ platform: this.simulator.key, operation, ...finding });
    }
    const status = route === null ? 404 : 400;
    const message = `the sandbox does not expect ${findings.map(({ what, detail }) => `${what} ${detail}`).join(', ')}`;
    const answer = this.simulator.renderError?.(status, message) ?? json(status, { error: message });
    this.answer(exchange, call, answer);
  }

  private async act(
    exchange: HttpExchange,
    call: OpenCall,
    handle: () => Promise<SandboxResponse>,
  ): Promise<void> {
    const before = await call.before(exchange.clientGone);
    if (before.kind === 'drop') return this.lose(exchange, call);
    if (before.kind === 'fault') return this.fail(before.action, exchange, call, null);
    const answer = await handle();
    const created = answer.accepted ?? (answer.status < 400 && call.record.method !== 'GET');
    const after = await call.after({ status: answer.status, accepted: created });
    if (after.kind === 'drop') return this.lose(exchange, call);
    if (after.kind === 'fault') return this.fail(after.action, exchange, call, answer);
    this.answer(exchange, call, answer);
  }

  private async handle(
    route: Route,
    target: Target,
    method: string,
    parts: IncomingParts & { body: RequestBody },
    exchange: HttpExchange,
    call: OpenCall,
  ): Promise<SandboxResponse> {
    const { query, headers, body } = parts;
    const request: SandboxRequest = {
      method,
      host: target.host,
      path: target.path,
      params: route.params,
      query,
      headers,
      body,
    };
    const context = { actsAs: (account: string) => call.actsAs(account), clientGone: exchange.clientGone };
    const answer = await this.answerOf(() => route.operation.handle(request, context), route);
    const { key: platform } = this.simulator;
    this.environment.observe?.({ platform, operation: route.operation.name, request, answer });
    return answer;
  }

  private async answerOf(
    handle: () => SandboxResponse | Promise<SandboxResponse>,
    route: Route,
  ): Promise<SandboxResponse> {
    try {
      return await handle();
    } catch (error) {
      if (error instanceof Refusal) return error.response;
      this.reportFailure(route.operation.name, error);
      return json(500, { error: 'the simulator failed' });
    }
  }

  private reportFailure(operation: string | null, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.environment.unexpected.add({ platform: this.simulator.key, operation, what: 'handler', detail });
  }

  private async fail(
    action: FaultAction,
    exchange: HttpExchange,
    call: OpenCall,
    answer: SandboxResponse | null,
  ): Promise<void> {
    switch (action.kind) {
      case 'status':
      case 'status-before':
      case 'status-after':
        return this.answer(exchange, call, faultResponse(action, this.simulator));
      case 'hang-before':
      case 'hang-after':
        call.lost();
        await this.environment.scope.hang(exchange.clientGone);
        return exchange.reset();
      case 'truncate-after':
        call.lost();
        return answer === null ? exchange.reset() : exchange.sendTruncated(answer);
      case 'reset-before':
      case 'reset-after':
      case 'slow':
        return this.lose(exchange, call);
    }
  }

  private lose(exchange: HttpExchange, call: OpenCall): void {
    call.lost();
    exchange.reset();
  }

  private answer(exchange: HttpExchange, call: OpenCall, answer: SandboxResponse): void {
    if (exchange.clientGone.aborted) return call.lost();
    call.answered(answer.status);
    exchange.send(answer);
  }
}
