import { isJsonObject, type JsonObject, type JsonValue } from './json.js';

export interface UploadedFile {
  /** The name of the multipart field. */
  readonly field: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: JsonValue }
  | { readonly kind: 'form'; readonly value: JsonObject }
  | {
      readonly kind: 'multipart';
      readonly value: JsonObject;
      readonly files: readonly UploadedFile[];
      /** Names of all parts as they came. */
      readonly order: readonly string[];
    }
  | { readonly kind: 'raw'; readonly contentType: string; readonly bytes: Buffer };

/** One request to a simulated platform, after it was checked against its operation. */
export interface SandboxRequest {
  readonly method: string;
  /** Label of the host that was called, null where the platform has a single host without a label. */
  readonly host: string | null;
  /** Path behind the host segment, decoded per parameter in `params`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody;
}

/** The fields of a JSON, form or multipart body as one object; bracket names (`poll[options][]`) are nested. */
export function fieldsOf(request: SandboxRequest): JsonObject {
  const body = request.body;
  if (body.kind === 'none' || body.kind === 'raw') return {};
  return isJsonObject(body.value) ? body.value : {};
}

export function filesOf(request: SandboxRequest): readonly UploadedFile[] {
  return request.body.kind === 'multipart' ? request.body.files : [];
}

/** A path parameter; the router guarantees that a declared one is there. */
export function param(request: SandboxRequest, name: string): string {
  return request.params[name] ?? '';
}

export function header(request: SandboxRequest, name: string): string | undefined {
  return request.headers[name.toLowerCase()];
}

export function bearerOf(request: SandboxRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
}
