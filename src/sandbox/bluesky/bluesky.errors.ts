import { json, Refusal, type SandboxResponse } from '../core/response.js';

export function xrpcError(status: number, error: string, message: string): SandboxResponse {
  return json(status, { error, message });
}

export function refuse(status: number, error: string, message: string): Refusal {
  return new Refusal(xrpcError(status, error, message));
}

export function invalidRequest(message: string): Refusal {
  return refuse(400, 'InvalidRequest', message);
}

/** What upstream answers to a write whose record key exists: it says nothing about the record. */
export function internalError(): Refusal {
  return refuse(500, 'InternalServerError', 'Internal Server Error');
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [400, 'InvalidRequest'],
  [401, 'AuthenticationRequired'],
  [404, 'XRPCNotSupported'],
  [413, 'PayloadTooLarge'],
  [429, 'RateLimitExceeded'],
  [500, 'InternalServerError'],
  [502, 'UpstreamFailure'],
]);

export function renderXrpcError(status: number, message: string): SandboxResponse {
  return xrpcError(status, NAMES.get(status) ?? 'InternalServerError', message);
}
