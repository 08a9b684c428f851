import path from 'node:path';
import { numberAt, textAt } from '../../../platforms/core/index.js';
import { encrypted, unreadable } from '../media.errors.js';
import { runWorker, WorkerFailedError } from '../tools/worker.run.js';

export interface PdfFacts {
  readonly pages: number;
  /** Of the first page as it is shown, points: 72 to an inch. */
  readonly width: number;
  readonly height: number;
}

const timeoutMs = 60_000;
const heapLimit = 256;

/**
 * How many pages a PDF has, and how large they are. Read in a thread of its own: a PDF is a program to whoever reads it.
 * @throws ValidationFailedError when it is damaged, or cannot be opened without a password.
 */
export async function readPdf(source: string): Promise<PdfFacts> {
  const answer = await run(source);
  if (textAt(answer, 'problem') === 'encrypted') throw encrypted();
  const facts = { pages: numberAt(answer, 'pages') ?? 0, ...sizeOf(answer) };
  if (facts.pages < 1) throw unreadable('its pages cannot be told: it is damaged or incomplete');
  return facts;
}

function sizeOf(answer: unknown): Pick<PdfFacts, 'width' | 'height'> {
  return { width: numberAt(answer, 'width') ?? 0, height: numberAt(answer, 'height') ?? 0 };
}

async function run(source: string): Promise<unknown> {
  const file = path.join(import.meta.dirname, 'pdf.worker.mjs');
  try {
    return await runWorker({ file, input: { source }, timeoutMs, heapLimit });
  } catch (error) {
    if (!(error instanceof WorkerFailedError)) throw error;
    throw unreadable('its pages cannot be told within the memory and the time that a PDF has', error);
  }
}
