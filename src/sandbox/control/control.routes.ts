import { bytes, empty, html, json, text, type SandboxResponse } from '../core/response.js';
import type { JsonObject, JsonValue } from '../core/json.js';
import * as read from './control.input.js';
import { renderInboxPage } from './inbox.page.js';
import type { SandboxControl } from './sandbox.control.js';

export interface ControlRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly input: JsonObject;
}

export interface ControlRoute {
  readonly method: string;
  readonly path: string;
  readonly handle: (request: ControlRequest) => SandboxResponse | Promise<SandboxResponse>;
}

const MAX_WAIT_MS = 60_000;

export function controlRoutes(control: SandboxControl, url: () => string): readonly ControlRoute[] {
  return [
    ...pageRoutes(control, url),
    ...faultRoutes(control),
    ...barrierRoutes(control),
    ...logRoutes(control),
    ...stateRoutes(control),
  ];
}

function pageRoutes(control: SandboxControl, url: () => string): ControlRoute[] {
  const page = (): SandboxResponse => html(200, renderInboxPage(control.inbox(), control.platforms()));
  return [
    { method: 'GET', path: '/', handle: page },
    { method: 'GET', path: '/inbox', handle: page },
    { method: 'GET', path: '/favicon.ico', handle: () => empty(204) },
    {
      method: 'GET',
      path: '/_sandbox/info',
      handle: () => json(200, toJson({ sandbox: url(), platforms: control.platforms() })),
    },
    {
      method: 'GET',
      path: '/_sandbox/env',
      handle: ({ headers }) => {
        const lines = control.env();
        if (headers['accept'] === 'application/json') return json(200, { ...lines });
        return text(200, Object.entries(lines).map(([name, value]) => `${name}=${value}\n`).join('')); // prettier-ignore
      },
    },
    {
      method: 'GET',
      path: '/_sandbox/media/:sha256',
      handle: ({ params }) => {
        const media = control.media(params['sha256'] ?? '');
        return media ? bytes(200, media.bytes, media.mimeType) : notFound('media');
      },
    },
  ];
}

function faultRoutes(control: SandboxControl): ControlRoute[] {
  const path = '/_sandbox/faults';
  return [
    { method: 'GET', path, handle: () => json(200, toJson({ faults: control.faults() })) },
    {
      method: 'POST',
      path,
      handle: ({ input }) => json(201, toJson(control.addFault(read.readFault(input)))),
    },
    {
      method: 'DELETE',
      path,
      handle: ({ query }) => json(200, { removed: control.removeFaults(query.get('id') ?? undefined) }),
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      handle: ({ params }) => json(200, { removed: control.removeFaults(params['id'] ?? '') }),
    },
  ];
}

function barrierRoutes(control: SandboxControl): ControlRoute[] {
  const path = '/_sandbox/barriers';
  return [
    { method: 'GET', path, handle: () => json(200, toJson({ barriers: control.barriers() })) },
    {
      method: 'POST',
      path,
      handle: ({ input }) => json(201, toJson(control.addBarrier(read.readBarrier(input)))),
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      handle: async ({ params, query }) => {
        const wait = Math.min(Number(query.get('wait') ?? 0) || 0, MAX_WAIT_MS);
        const barrier = await control.waitForBarrier(params['id'] ?? '', wait);
        return barrier ? json(200, toJson(barrier)) : notFound('barrier');
      },
    },
    {
      method: 'POST',
      path: `${path}/:id/release`,
      handle: ({ params, input }) => {
        const barrier = control.releaseBarrier(params['id'] ?? '', read.readRelease(input));
        return barrier ? json(200, toJson(barrier)) : notFound('barrier');
      },
    },
  ];
}

function logRoutes(control: SandboxControl): ControlRoute[] {
  const platformOf = (query: URLSearchParams): string | undefined => query.get('platform') ?? undefined;
  return [
    {
      method: 'GET',
      path: '/_sandbox/calls',
      handle: ({ query }) => json(200, toJson({ calls: control.calls(platformOf(query)) })),
    },
    {
      method: 'GET',
      path: '/_sandbox/inbox',
      handle: ({ query }) => json(200, toJson({ entries: control.inbox(platformOf(query)) })),
    },
    {
      method: 'GET',
      path: '/_sandbox/unexpected',
      handle: ({ query }) => json(200, toJson({ unexpected: control.unexpected(platformOf(query)) })),
    },
    {
      method: 'DELETE',
      path: '/_sandbox/unexpected',
      handle: () => {
        control.clearUnexpected();
        return empty(204);
      },
    },
  ];
}

function stateRoutes(control: SandboxControl): ControlRoute[] {
  return [
    {
      method: 'GET',
      path: '/_sandbox/accounts',
      handle: ({ query }) =>
        json(200, toJson({ accounts: control.accounts(query.get('platform') ?? undefined) })),
    },
    {
      method: 'POST',
      path: '/_sandbox/accounts',
      handle: ({ input }) => {
        const { platform, rest } = read.readForPlatform(input);
        return json(201, toJson(control.createAccount(platform, rest)));
      },
    },
    {
      method: 'POST',
      path: '/_sandbox/tokens',
      handle: ({ input }) => {
        const { platform, account, action } = read.readTokenAction(input);
        control.endTokens(platform, account, action);
        return empty(204);
      },
    },
    {
      method: 'POST',
      path: '/_sandbox/settings',
      handle: ({ input }) => {
        const { platform, rest } = read.readForPlatform(input);
        return json(200, control.configure(platform, rest));
      },
    },
    { method: 'GET', path: '/_sandbox/clock', handle: () => json(200, toJson(control.clock())) },
    {
      method: 'POST',
      path: '/_sandbox/clock',
      handle: ({ input }) => json(200, toJson(control.advanceClock(read.readAdvance(input)))),
    },
    {
      method: 'POST',
      path: '/_sandbox/reset',
      handle: () => {
        control.reset();
        return empty(204);
      },
    },
  ];
}

function notFound(what: string): SandboxResponse {
  return json(404, { error: `no such ${what}` });
}

/** Views are plain data; this says so to the compiler. */
function toJson(view: object): JsonValue {
  return JSON.parse(JSON.stringify(view)) as JsonValue;
}
