import type { JsonObject } from '../core/json.js';
import { accepted, json, Refusal, type SandboxResponse } from '../core/response.js';

function answer(code: number, description: string, parameters?: JsonObject): SandboxResponse {
  const error = { ok: false, error_code: code, description };
  return json(code, parameters === undefined ? error : { ...error, parameters });
}

export function badRequest(text: string, parameters?: JsonObject): Refusal {
  return new Refusal(answer(400, `Bad Request: ${text}`, parameters));
}

export function forbidden(text: string): Refusal {
  return new Refusal(answer(403, `Forbidden: ${text}`));
}

export function unauthorized(): Refusal {
  return new Refusal(answer(401, 'Unauthorized'));
}

/** The answer to an unknown method, and to a token that has not the shape of one. */
export function notFound(): Refusal {
  return new Refusal(answer(404, 'Not Found'));
}

export function entityTooLarge(): Refusal {
  return new Refusal(answer(413, 'Request Entity Too Large'));
}

export function tooManyRequests(seconds: number): Refusal {
  return new Refusal(answer(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds }));
}

/** A part of the album went out, and the answer is an error nevertheless. */
export function albumItemFailed(item: number, error: string): Refusal {
  const description = `Bad Request: failed to send message #${item} with the error message "${error}"`;
  return new Refusal(accepted(answer(400, description), item > 1));
}

export function immediatelyDeleted(): Refusal {
  const description = "Internal Server Error: sent message was immediately deleted and can't be returned";
  return new Refusal(accepted(answer(500, description), true));
}

const FAULT_RETRY_SECONDS = 3;

/** What the framework refuses, and what faults ask for, in Telegram's shape. */
export function renderTelegramError(status: number, message: string): SandboxResponse {
  switch (status) {
    case 400:
      return answer(400, `Bad Request: ${message}`);
    case 401:
      return answer(401, 'Unauthorized');
    case 403:
      return answer(403, 'Forbidden: bot was kicked from the channel chat');
    case 404:
      return answer(404, 'Not Found');
    case 429:
      return tooManyRequests(FAULT_RETRY_SECONDS).response;
    case 500:
      return answer(500, 'Internal Server Error');
    default:
      return answer(status, message);
  }
}
