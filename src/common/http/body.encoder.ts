import { createHash } from 'node:crypto';
import { type ByteSource } from './byte.source.js';
import { type FormFields, type MultipartPart, type OutboundBody } from './http.types.js';

/** A body whose every byte is decided. */
export interface EncodedBody {
  readonly contentType: string | null;
  readonly length: number;
  /** What is sent, in order: bytes, and files that are read when it is their turn. */
  readonly segments: readonly (Buffer | ByteSource)[];
  /**
   * Hex. Of the bytes where they are at hand; else of the segments, each file standing in by its own hash and length. Null
   * when there is a file whose hash nobody knows.
   */
  readonly sha256: string | null;
  /** For people: the text, or what there is instead of one. Not redacted. */
  readonly description: string;
}

/** The same body gives the same bytes, always. */
export function encodeBody(body: OutboundBody | undefined): EncodedBody {
  switch (body?.kind) {
    case undefined:
      return of([], null, '');
    case 'json':
      return ofText(JSON.stringify(body.value), 'application/json');
    case 'form':
      return ofText(formOf(body.fields), 'application/x-www-form-urlencoded');
    case 'multipart':
      return ofParts(body.parts);
    case 'raw':
      return ofRaw(body.bytes, body.contentType);
    case 'stream':
      return of([body.source], body.contentType, describeBytes(body.source.bytes, body.contentType));
  }
}

function of(
  segments: readonly (Buffer | ByteSource)[],
  contentType: string | null,
  description: string,
): EncodedBody {
  const length = segments.reduce((total, segment) => total + lengthOf(segment), 0);
  return { contentType, length, segments, sha256: hashOf(segments), description };
}

function hashOf(segments: readonly (Buffer | ByteSource)[]): string | null {
  const hash = createHash('sha256');
  for (const segment of segments) {
    if (Buffer.isBuffer(segment)) hash.update(segment);
    else if (segment.sha256 === null) return null;
    else hash.update(`\0${segment.sha256} ${segment.bytes}\0`);
  }
  return hash.digest('hex');
}

function lengthOf(segment: Buffer | ByteSource): number {
  return Buffer.isBuffer(segment) ? segment.length : segment.bytes;
}

function ofText(text: string, contentType: string): EncodedBody {
  return of([Buffer.from(text, 'utf8')], contentType, text);
}

function ofRaw(content: Uint8Array | string, contentType: string): EncodedBody {
  if (typeof content === 'string') return ofText(content, contentType);
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const readable = /^text\/|json|xml|urlencoded/i.test(contentType);
  return of(
    [bytes],
    contentType,
    readable ? bytes.toString('utf8') : describeBytes(bytes.length, contentType),
  );
}

function formOf(fields: FormFields): string {
  const form = new URLSearchParams();
  for (const [name, value] of isPairs(fields) ? fields : Object.entries(fields)) form.append(name, value);
  return form.toString();
}

function isPairs(fields: FormFields): fields is readonly (readonly [string, string])[] {
  return Array.isArray(fields);
}

/** The boundary comes from the parts, so that a repeated request has the same bytes. */
function ofParts(parts: readonly MultipartPart[]): EncodedBody {
  const heads = parts.map(headOf);
  const hash = createHash('sha256');
  parts.forEach((part, index) => {
    const content = contentOf(part);
    hash.update(`${heads[index] ?? ''}\n${lengthOf(content)}\n`);
    hash.update(Buffer.isBuffer(content) ? content : (content.sha256 ?? ''));
  });
  const boundary = `fanfare-${hash.digest('hex').slice(0, 32)}`;
  const segments = parts.flatMap((part, index) => [
    Buffer.from(`--${boundary}\r\n${heads[index] ?? ''}\r\n`, 'utf8'),
    contentOf(part),
    Buffer.from('\r\n', 'utf8'),
  ]);
  const contentType = `multipart/form-data; boundary=${boundary}`;
  const end = Buffer.from(`--${boundary}--\r\n`, 'utf8');
  return of([...segments, end], contentType, parts.map(describePart).join('\n'));
}

function headOf(part: MultipartPart): string {
  const file = 'filename' in part ? `; filename="${quotable(part.filename)}"` : '';
  const type = part.contentType === undefined ? '' : `Content-Type: ${part.contentType}\r\n`;
  return `Content-Disposition: form-data; name="${quotable(part.name)}"${file}\r\n${type}`;
}

/** As browsers do it. */
function quotable(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function contentOf(part: MultipartPart): Buffer | ByteSource {
  if ('source' in part) return part.source;
  if (!('bytes' in part)) return Buffer.from(part.value, 'utf8');
  return Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength);
}

function describePart(part: MultipartPart): string {
  if (!('filename' in part)) return JSON.stringify({ [part.name]: part.value });
  return `${part.name}: ${part.filename} ${describeBytes(lengthOf(contentOf(part)), part.contentType)}`;
}

function describeBytes(length: number, contentType: string): string {
  return `[${length} bytes ${contentType}]`;
}
