import { json, Refusal, type SandboxResponse } from '../core/response.js';

export function errorResponse(status: number, error: string, description?: string): SandboxResponse {
  return json(status, { error, ...(description === undefined ? {} : { error_description: description }) });
}

export function refuse(status: number, error: string, description?: string): Refusal {
  return new Refusal(errorResponse(status, error, description));
}

export function notFound(): Refusal {
  return refuse(404, 'Record not found');
}

/** A record that the model refuses. */
export function invalid(problem: string): Refusal {
  return refuse(422, `Validation failed: ${problem}`);
}

export function renderError(status: number, message: string): SandboxResponse {
  return errorResponse(status, status === 429 ? 'Too many requests' : message);
}
