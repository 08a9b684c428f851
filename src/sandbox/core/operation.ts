import type { JsonObject } from './json.js';
import type { SandboxRequest } from './request.js';
import type { SandboxResponse } from './response.js';

/**
 * Paths of body fields: `text`, `poll.options[]`, `record.facets[].index.byteStart`. A path allows its parents; a
 * trailing `.*` allows anything below.
 */
export type FieldPaths = readonly string[];

export type BodySpec =
  | { readonly kind: 'json'; readonly fields: FieldPaths }
  | { readonly kind: 'form'; readonly fields: FieldPaths }
  /** `files` are names of file parts; `*` allows any name. */
  | { readonly kind: 'multipart'; readonly fields: FieldPaths; readonly files: readonly string[] }
  // `contentTypes` are exact, or end in a star (`image/*`), or are a star for both.
  | { readonly kind: 'raw'; readonly contentTypes: readonly string[] };

export interface OperationContext {
  /** Names the account in the call log; called once the credentials are known. */
  readonly actsAs: (account: string) => void;
  /** The client has gone away. */
  readonly clientGone: AbortSignal;
}

/** One route of a platform, with everything that a request to it may carry. All else is refused and logged. */
export interface Operation {
  /** Name in faults, barriers and the call log, e.g. `com.atproto.repo.putRecord`. */
  readonly name: string;
  /** Host label (first path segment, in lower case); null for a platform whose host is per account. */
  readonly host: string | null;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  /** `/api/v1/statuses/:id`, `/bot:token/getMe`, `/file/*path`. */
  readonly path: string;
  /**
   * Tells several operations of one method and path apart by what is given in query and body (`upload_phase=finish` is visible,
   * `upload_phase=start` is not) or by the headers, in lower case (the `Content-Range` of the last chunk). The first that
   * holds is taken; one without it takes the rest and comes last.
   */
  readonly when?: (given: JsonObject, headers: Readonly<Record<string, string>>) => boolean;
  /** After it something can be seen by people. */
  readonly visible: boolean;
  readonly query?: readonly string[];
  /** Request headers beyond the transport ones, in lower case. */
  readonly headers?: readonly string[];
  /** Bodies that may be sent, chosen by content type; none when left out. */
  readonly body?: readonly BodySpec[];
  /** The request may also come without a body. */
  readonly bodyOptional?: boolean;
  /** A page that browsers open: their headers are allowed too. */
  readonly browser?: boolean;
  /** Path parameters that are secrets and never shown in the call log. */
  readonly secretParams?: readonly string[];
  readonly handle: (
    request: SandboxRequest,
    context: OperationContext,
  ) => SandboxResponse | Promise<SandboxResponse>;
}
