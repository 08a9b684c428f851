import { createHash } from 'node:crypto';
import { type FormFields, type MultipartPart, type OutboundBody } from './http.types.js';

/** The bytes of a body, or the stream that will give them. */
export interface EncodedBody {
  readonly contentType: string | null;
  readonly length: number;
  /** Null for a stream. */
  readonly bytes: Buffer | null;
  /** For people: the text, or what there is instead of one. Not redacted. */
  readonly description: string;
}

const NOTHING: EncodedBody = { contentType: null, length: 0, bytes: Buffer.alloc(0), description: '' };

/** The same body gives the same bytes, always. */
export function encodeBody(body: OutboundBody | undefined): EncodedBody {
  switch (body?.kind) {
    case undefined:
      return NOTHING;
    case 'json':
      return ofText(JSON.stringify(body.value), 'application/json');
    case 'form':
      return ofText(formOf(body.fields), 'application/x-www-form-urlencoded');
    case 'multipart':
      return ofParts(body.parts);
    case 'raw':
      return ofRaw(body.bytes, body.contentType);
    case 'stream':
      return {
        contentType: body.contentType,
        length: body.length,
        bytes: null,
        description: describeBytes(body.length, body.contentType),
      };
  }
}

function ofText(text: string, contentType: string): EncodedBody {
  const bytes = Buffer.from(text, 'utf8');
  return { contentType, length: bytes.length, bytes, description: text };
}

function ofRaw(content: Uint8Array | string, contentType: string): EncodedBody {
  if (typeof content === 'string') return ofText(content, contentType);
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const readable = /^text\/|json|xml|urlencoded/i.test(contentType);
  const description = readable ? bytes.toString('utf8') : describeBytes(bytes.length, contentType);
  return { contentType, length: bytes.length, bytes, description };
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
  parts.forEach((part, index) =>
    hash.update(`${heads[index] ?? ''}\n${contentOf(part).length}\n`).update(contentOf(part)),
  );
  const boundary = `fanfare-${hash.digest('hex').slice(0, 32)}`;
  const chunks = parts.flatMap((part, index) => [
    Buffer.from(`--${boundary}\r\n${heads[index] ?? ''}\r\n`, 'utf8'),
    contentOf(part),
    Buffer.from('\r\n', 'utf8'),
  ]);
  const bytes = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`, 'utf8')]);
  const contentType = `multipart/form-data; boundary=${boundary}`;
  return { contentType, length: bytes.length, bytes, description: parts.map(describePart).join('\n') };
}

function headOf(part: MultipartPart): string {
  const file = 'bytes' in part ? `; filename="${quotable(part.filename)}"` : '';
  const type = part.contentType === undefined ? '' : `Content-Type: ${part.contentType}\r\n`;
  return `Content-Disposition: form-data; name="${quotable(part.name)}"${file}\r\n${type}`;
}

/** As browsers do it. */
function quotable(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function contentOf(part: MultipartPart): Buffer {
  if (!('bytes' in part)) return Buffer.from(part.value, 'utf8');
  return Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength);
}

function describePart(part: MultipartPart): string {
  if ('bytes' in part)
    return `${part.name}: ${part.filename} ${describeBytes(part.bytes.length, part.contentType)}`;
  return JSON.stringify({ [part.name]: part.value });
}

function describeBytes(length: number, contentType: string): string {
  return `[${length} bytes ${contentType}]`;
}
