/** Data about a failure that a client may see: ids, numbers, names. Never a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

export interface DomainErrorOptions {
  /** What a program may decide on, snake_case. Each class has its default. */
  code?: string;
  details?: ErrorDetails;
  cause?: unknown;
}

/** A failure that the caller can understand. It knows nothing of HTTP; the edge maps the class. */
export abstract class DomainError extends Error {
  /** snake_case, stable over releases. */
  readonly code: string;
  readonly details: ErrorDetails;

  protected constructor(defaultCode: string, message: string, options: DomainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code ?? defaultCode;
    this.details = options.details ?? {};
  }
}
