import type { Finding } from '../core/strictness.js';

const MAX_LINE_BYTES = 998;

/** Header fields of the fact sheet, and those that MIME needs. */
const KNOWN_HEADERS =
  /^(from|sender|to|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.+|list-.+|precedence|auto-submitted|dkim-signature)$/;

const REQUIRED_HEADERS = ['from', 'date', 'message-id'] as const;

export interface RawHeader {
  /** In lower case. */
  readonly name: string;
  /** Unfolded, not decoded. */
  readonly value: string;
}

/** The header fields as they were sent, in order. */
export function readHeaders(message: Buffer): readonly RawHeader[] {
  return headerBlock(message)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      if (colon === -1) return { name: line.toLowerCase(), value: '' };
      return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
    });
}

/** Everything in a message that no client of ours should send. */
export function checkMessage(message: Buffer, allowUtf8: boolean): readonly Finding[] {
  return [...headerFindings(message, allowUtf8), ...lineFindings(message)];
}

function headerFindings(message: Buffer, allowUtf8: boolean): Finding[] {
  const names = readHeaders(message).map(({ name }) => name);
  const unknown = names.filter((name) => !KNOWN_HEADERS.test(name));
  const missing = REQUIRED_HEADERS.filter((name) => !names.includes(name));
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  const findings: Finding[] = [
    ...unknown.map((detail): Finding => ({ what: 'header', detail })),
    ...missing.map((name): Finding => ({ what: 'header', detail: `${name} missing` })),
    ...twice.map((name): Finding => ({ what: 'header', detail: `${name} twice` })),
  ];
  if (!allowUtf8 && /[\x80-\xff]/.test(headerBlock(message)))
    findings.push({ what: 'header', detail: 'bytes beyond ASCII' });
  return findings;
}

function lineFindings(message: Buffer): Finding[] {
  const headerLines = headerBlock(message).split('\r\n').length;
  return message
    .toString('latin1')
    .split('\r\n')
    .flatMap((line, index): Finding[] => {
      if (line.length <= MAX_LINE_BYTES) return [];
      const what = index < headerLines ? 'header' : 'body';
      return [{ what, detail: `line ${index + 1} of ${line.length} bytes` }];
    });
}

function headerBlock(message: Buffer): string {
  const end = message.indexOf('\r\n\r\n');
  return message.subarray(0, end === -1 ? message.length : end).toString('latin1');
}
