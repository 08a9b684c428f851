import { type ByteSource } from './byte.source.js';
import { parseJson } from './json.parser.js';

export type FormFields =
  Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];

export type MultipartPart =
  | { readonly name: string; readonly value: string; readonly contentType?: string }
  | {
      readonly name: string;
      readonly filename: string;
      readonly contentType: string;
      readonly bytes: Uint8Array;
    }
  | {
      readonly name: string;
      readonly filename: string;
      readonly contentType: string;
      readonly source: ByteSource;
    };

export type OutboundBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly fields: FormFields }
  | { readonly kind: 'multipart'; readonly parts: readonly MultipartPart[] }
  | { readonly kind: 'raw'; readonly bytes: Uint8Array | string; readonly contentType: string }
  /** In a commit only where the hash is known: what was recorded is what goes out. */
  | { readonly kind: 'stream'; readonly source: ByteSource; readonly contentType: string };

export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  /** Any case. Host, Connection, Content-Length, Transfer-Encoding and Expect are made here and refused. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: OutboundBody;
  /** For everything: connecting, all hops, the whole answer. 30 s by default; in a commit the permit's deadline. */
  readonly timeoutMs?: number;
  /** Of the answer's body, also when unpacked. 4 MiB by default. */
  readonly maxAnswerBytes?: number;
  /** How many redirects of a GET or HEAD are followed; 0 by default, always 0 in a commit. */
  readonly allowRedirects?: number;
  /** A connection of its own. By default everything but GET and HEAD has one; in a commit always. */
  readonly freshConnection?: boolean;
  /** Base URLs (origin and start of the path); the request and its redirects go nowhere else. */
  readonly hosts?: readonly string[];
  /** Takes secrets that only the caller knows out of URLs and bodies before they are recorded. */
  readonly redact?: (text: string) => string;
}

/** What came back, whatever its status. */
export class HttpAnswer {
  constructor(
    readonly status: number,
    /** Names in lower case; several of one name are joined by ", ". */
    readonly headers: Readonly<Record<string, string>>,
    readonly bytes: Buffer,
    /** Where the answer came from, behind redirects. */
    readonly url: string,
  ) {}

  /** The body as UTF-8. */
  text(): string {
    return this.bytes.toString('utf8');
  }

  /**
   * The body as JSON; whole numbers beyond 2^53 are strings.
   * @throws SyntaxError when it is none.
   */
  json(): unknown {
    return parseJson(this.text());
  }
}
