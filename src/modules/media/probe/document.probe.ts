import { stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { readPdf } from '../pdf/pdf.reader.js';
import { nothingRead, type Reading } from './probed.js';

/** Its reader has room for the whole file in memory, and no platform takes anything near this. */
const mostBytes = 256 * 1024 * 1024;

/** PDF: its pages. */
@Injectable()
export class DocumentProbe {
  async read(path: string): Promise<Reading> {
    if ((await stat(path)).size > mostBytes) {
      return {
        ...nothingRead,
        details: { unread: `The pages of a PDF are counted up to ${mostBytes} bytes.` },
      };
    }
    const { pages, width, height } = await readPdf(path);
    const pageSize = { width: Math.round(width), height: Math.round(height) };
    return { ...nothingRead, details: { pages, pageSize } };
  }
}
