import type { JsonObject } from '../core/json.js';
import { json, Refusal, type SandboxResponse } from '../core/response.js';

const TOKEN_PROBLEMS = {
  missing: { status: 401, serviceErrorCode: 401, message: 'Empty oauth2_access_token' },
  unknown: {
    status: 401,
    serviceErrorCode: 65600,
    code: 'INVALID_ACCESS_TOKEN',
    message: 'Invalid access token',
  },
  revoked: {
    status: 401,
    serviceErrorCode: 65601,
    code: 'REVOKED_ACCESS_TOKEN',
    message: 'The token used in the request has been revoked by the user',
  },
  expired: {
    status: 401,
    serviceErrorCode: 65602,
    code: 'EXPIRED_ACCESS_TOKEN',
    message: 'The token used in the request has expired',
  },
} as const;

const USUAL_CODES: ReadonlyMap<number, string> = new Map([
  [401, 'INVALID_ACCESS_TOKEN'],
  [403, 'ACCESS_DENIED'],
  [404, 'NOT_FOUND'],
  [409, 'CONFLICT'],
  [429, 'TOO_MANY_REQUESTS'],
  [500, 'INTERNAL_SERVER_ERROR'],
]);

const USUAL_SERVICE_CODES: ReadonlyMap<number, number> = new Map([
  [401, 65600],
  [403, 100],
  [429, 101],
]);

export function renderError(status: number, message: string): SandboxResponse {
  const serviceErrorCode = USUAL_SERVICE_CODES.get(status);
  return json(status, {
    status,
    ...(serviceErrorCode === undefined ? {} : { serviceErrorCode }),
    code: USUAL_CODES.get(status) ?? 'ILLEGAL_ARGUMENT',
    message,
  });
}

export function refuse(status: number, code: string, message: string): Refusal {
  return new Refusal(json(status, { status, code, message }));
}

/** Some services name no code. */
export function refuseInWords(status: number, message: string): Refusal {
  return new Refusal(json(status, { message, status }));
}

export function tokenProblem(reason: keyof typeof TOKEN_PROBLEMS): Refusal {
  return new Refusal(json(401, TOKEN_PROBLEMS[reason]));
}

export function restricted(): Refusal {
  return refuseInWords(401, 'Member is restricted');
}

export function accessDenied(message: string): Refusal {
  return new Refusal(renderError(403, message));
}

export function notEnoughPermissions(resource: string): Refusal {
  return accessDenied(`Not enough permissions to access: ${resource}`);
}

export function fieldProblem(kind: 'value' | 'unpermitted', ...paths: string[]): Refusal {
  const what =
    kind === 'value'
      ? 'Field Value validation failed in REQUEST_BODY'
      : 'Unpermitted fields present in REQUEST_BODY';
  return accessDenied(`${what}: Data Processing Exception while processing fields [${paths.join(', ')}]`);
}

/** A validation with its details, as the newer services answer. */
export function invalidInput(code: string, path: string, description: string): Refusal {
  return new Refusal(json(400, badRequest(400, code, description, { inputPath: { fieldPath: path } })));
}

/** The schema of the body is not met. */
export function schemaProblem(path: string, problem: string): Refusal {
  return refuseInWords(422, `ERROR :: ${path} :: ${problem}`);
}

export function duplicateOf(urn: string): Refusal {
  const body = badRequest(422, 'DUPLICATE_POST', 'Duplicate post is detected', {});
  return new Refusal(
    json(422, { ...body, message: `Post could not be created: Content is a duplicate of ${urn}` }),
  );
}

export function notFound(message: string): Refusal {
  return new Refusal(renderError(404, message));
}

export function tooManyCalls(whose: 'APPLICATION' | 'MEMBER'): Refusal {
  return new Refusal(
    renderError(429, `Resource level throttle ${whose} DAY limit for calls to this resource is reached.`),
  );
}

function badRequest(status: number, code: string, description: string, input: JsonObject): JsonObject {
  return {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    code,
    message: description,
    errorDetails: { inputErrors: [{ description, input, code }] },
    status,
  };
}
