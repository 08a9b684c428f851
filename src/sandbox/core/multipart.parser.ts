import { Busboy } from '@fastify/busboy';
import { nestFields } from './form.fields.js';
import type { JsonObject } from './json.js';
import type { UploadedFile } from './request.js';

export interface MultipartBody {
  readonly value: JsonObject;
  readonly files: readonly UploadedFile[];
  readonly order: readonly string[];
}

export function parseMultipart(bytes: Buffer, contentType: string): Promise<MultipartBody> {
  return new Promise((resolve, reject) => {
    const parser = new Busboy({ headers: { 'content-type': contentType }, limits: { fieldSize: 2 ** 24 } });
    const pairs: [string, string][] = [];
    const files: UploadedFile[] = [];
    const order: string[] = [];
    parser.on('field', (name, value) => {
      pairs.push([name, value]);
      order.push(name);
    });
    parser.on('file', (field, stream, filename, _encoding, mimeType) => {
      const chunks: Buffer[] = [];
      order.push(field);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => files.push({ field, filename, mimeType, bytes: Buffer.concat(chunks) }));
    });
    parser.on('error', reject);
    parser.on('finish', () => resolve({ value: nestFields(pairs), files, order }));
    parser.end(bytes);
  });
}
