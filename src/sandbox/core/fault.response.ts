import type { FaultAction } from './fault.rules.js';
import { html, json, text, withHeaders, type SandboxResponse } from './response.js';
import type { Simulator } from './simulator.js';

const GATEWAY_STATUSES: ReadonlyMap<number, string> = new Map([
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
]);

/** The answer of a status fault: what the rule says, else a gateway's page, else the platform's own shape. */
export function faultResponse(action: FaultAction, simulator: Simulator): SandboxResponse {
  const status = action.status ?? 503;
  return withHeaders(bodyOf(action, status, simulator), action.headers ?? {});
}

function bodyOf(action: FaultAction, status: number, simulator: Simulator): SandboxResponse {
  if (typeof action.body === 'string') return text(status, action.body);
  if (action.body !== undefined) return json(status, action.body);
  const gateway = GATEWAY_STATUSES.get(status);
  if (gateway !== undefined) return html(status, `<html><body><h1>${status} ${gateway}</h1></body></html>`);
  return simulator.renderError?.(status, 'injected fault') ?? json(status, { error: 'injected fault' });
}
