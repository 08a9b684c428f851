import { redactText } from '../logging/index.js';
import { type HttpAnswer } from './http.types.js';
import { type AnswerEvidence, type RequestEvidence } from './outbound-scope.js';
import { type BuiltRequest } from './request.builder.js';

const EXCERPT_LENGTH = 4_096;
/** Enough that what is cut off in the middle of a secret lies far behind the excerpt. */
const READ_LENGTH = 32_768;

const REQUEST_HEADERS =
  /^(accept(-.*)?|content-(type|length|range|disposition)|user-agent|idempotency-key|if-.*|prefer|range|.*version.*)$/;
const ANSWER_HEADERS =
  /^(content-(type|length|range|encoding)|date|retry-after|location|etag|last-modified|link|server|via|(x-)?rate-?limit.*|.*-usage|.*(request|trace|correlation|transaction)-?id|cf-ray|.*version.*)$/;

type Redact = (text: string) => string;

/** What is about to be sent, fit to be stored and shown. */
export function requestEvidence(built: BuiltRequest, redact?: Redact): RequestEvidence {
  const clean = cleaner(redact);
  return {
    method: built.method,
    url: clean(built.url.href),
    bodySha256: built.bodySha256,
    bodyBytes: built.body.length,
    headers: pick(built.headers, REQUEST_HEADERS, clean),
    bodyExcerpt: excerpt(built.body.description, clean),
  };
}

/** What came back, fit to be stored and shown. */
export function answerEvidence(answer: HttpAnswer, receivedAt: Date, redact?: Redact): AnswerEvidence {
  const clean = cleaner(redact);
  return {
    status: answer.status,
    headers: pick(answer.headers, ANSWER_HEADERS, clean),
    bodyExcerpt: excerpt(readable(answer), clean),
    receivedAt,
  };
}

/** At most 4 kB of a text, redacted before it is cut, without the one character that databases refuse. */
export function excerpt(text: string, clean: Redact = redactText): string {
  return cut(clean(text.slice(0, READ_LENGTH)).replaceAll('\0', ''), EXCERPT_LENGTH);
}

function cleaner(redact: Redact | undefined): Redact {
  return redact === undefined ? redactText : (text) => redactText(redact(text));
}

function pick(
  headers: Readonly<Record<string, string>>,
  allowed: RegExp,
  clean: Redact,
): Record<string, string> {
  const some = Object.entries(headers).filter(([name]) => allowed.test(name));
  return Object.fromEntries(some.map(([name, value]) => [name, cut(clean(value), 512)]));
}

function readable(answer: HttpAnswer): string {
  const type = answer.headers['content-type'] ?? '';
  const bytes = answer.bytes.subarray(0, READ_LENGTH * 2);
  const binary = /^(image|video|audio|font)\/|octet-stream|zip/i.test(type) || bytes.includes(0);
  return binary ? `[${answer.bytes.length} bytes ${type}]` : bytes.toString('utf8');
}

/** By bytes of UTF-8, never in the middle of a character. */
function cut(text: string, bytes: number): string {
  const buffer = Buffer.from(text, 'utf8');
  if (buffer.length <= bytes) return text;
  return buffer
    .subarray(0, bytes)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}
