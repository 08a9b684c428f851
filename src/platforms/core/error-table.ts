import { PublishError, type FailureKind, type FailureSource } from './publish-error.js';

/** What a client read from an answer that was no success. */
export interface FailedAnswer {
  readonly status: number;
  /** The platform's own code, as text: `ExpiredToken`, `5.7.8`. */
  readonly code?: string | undefined;
  readonly subcode?: string | undefined;
  /** The platform's own words; matched only by rows that carry `pattern`. */
  readonly message: string;
  /** Operation label of the client's method, for rows that hold for one call only. */
  readonly operation?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** False when the body was not in the platform's own error format: then no row proves anything. */
  readonly recognised: boolean;
}

/** A row of `<p>.errors.ts`. All conditions that are given must hold; the first row that fits decides. */
export interface ErrorRow {
  /** HTTP status, SMTP reply code, or an inclusive range. */
  readonly status?: number | readonly [number, number];
  readonly code?: string | readonly string[];
  readonly subcode?: string;
  /** Anchored pattern over the platform's words; only where it gives no code. */
  readonly pattern?: RegExp;
  readonly operation?: string | readonly string[];
  readonly kind: FailureKind;
  /** Without the platform's prefix: `token_revoked`. */
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
  readonly source?: FailureSource;
  readonly provesNothingCreated?: boolean;
  /** Whether everybody meets it. By default 5xx that may pass or that leave the outcome open. */
  readonly outage?: boolean;
  /** The platform says that the account has said the same already: after an unknown call of ours a reason to look. */
  readonly saysDuplicate?: boolean;
  /** Where the row comes from: documentation, observation with date. */
  readonly evidence: string;
}

export interface ErrorTable {
  readonly platform: string;
  readonly rows: readonly ErrorRow[];
}

function oneOf(wanted: string | readonly string[], actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return typeof wanted === 'string' ? wanted === actual : wanted.includes(actual);
}

function statusFits(wanted: number | readonly [number, number], actual: number): boolean {
  return typeof wanted === 'number' ? wanted === actual : actual >= wanted[0] && actual <= wanted[1];
}

function fits(row: ErrorRow, answer: FailedAnswer): boolean {
  if (row.status !== undefined && !statusFits(row.status, answer.status)) return false;
  if (row.code !== undefined && !oneOf(row.code, answer.code)) return false;
  if (row.subcode !== undefined && row.subcode !== answer.subcode) return false;
  if (row.operation !== undefined && !oneOf(row.operation, answer.operation)) return false;
  return row.pattern === undefined || row.pattern.test(answer.message);
}

function unlisted(platform: string, answer: FailedAnswer): PublishError {
  return new PublishError({
    kind: 'outcome_unknown',
    code: `${platform}.unlisted_${answer.status}`,
    platformCode: answer.code,
    message: `The platform answered ${answer.status}${answer.code ? ` (${answer.code})` : ''}, which Fanfare does not know: ${answer.message}`,
    remedy: 'Look at the attempt for the whole answer, and report it so that the code can be added.',
    retryAfterMs: answer.retryAfterMs,
    outage: answer.status >= 500,
  });
}

/** Turns an answer into the failure that the platform's table says it is; what no row lists is an unknown outcome. */
export function classifyAnswer(table: ErrorTable, answer: FailedAnswer): PublishError {
  const row = table.rows.find((candidate) => fits(candidate, answer));
  if (row === undefined) return unlisted(table.platform, answer);
  return new PublishError({
    kind: row.kind,
    code: `${table.platform}.${row.name}`,
    platformCode: answer.code ?? String(answer.status),
    message: row.message,
    remedy: row.remedy,
    source: row.source,
    retryAfterMs: answer.retryAfterMs,
    outage: row.outage ?? (mayPass(row) && answer.status >= 500),
    saysDuplicate: row.saysDuplicate,
    provesNothingCreated: answer.recognised ? row.provesNothingCreated : false,
    cause: answer.message === '' ? undefined : new Error(answer.message),
  });
}

function mayPass({ kind }: ErrorRow): boolean {
  return kind === 'transient' || kind === 'outcome_unknown';
}
