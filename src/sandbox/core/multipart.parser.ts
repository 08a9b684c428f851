import { Busboy } from '@fastify/busboy';
import { nestFields } from './form.fields.js';
import type { JsonObject } from './json.js';
import type { UploadedFile } from './request.js';

export interface MultipartBody {
  readonly value: JsonObject;
  readonly files: readonly UploadedFile[];
}

export function parseMultipart(bytes: Buffer, contentType: string): Promise<MultipartBody> {
  return new Promise((resolve, reject) => {
    const parser = new Busboy({ headers: { 'content-type': contentType }, limits: { fieldSize: 2 ** 24 } });
    const pairs: [string, string][] = [];
    const files: UploadedFile[] = [];
    parser.on('field', (name, value) => pairs.push([name, value]));
    parser.on('file', (field, stream, filename, _encoding, mimeType) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => files.push({ field, filename, mimeType, bytes: Buffer.concat(chunks) }));
    });
    parser.on('error', reject);
    parser.on('finish', () => resolve({ value: nestFields(pairs), files }));
    parser.end(bytes);
  });
}
