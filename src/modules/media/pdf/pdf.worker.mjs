// The body of a worker thread: counts the pages of a PDF. Plain JavaScript, so that Node can start it as it stands, also
// where the rest is compiled on its way. What it says is read by pdf.reader.ts.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { getResolvedPDFJS } from 'unpdf';

const { getDocument, PDFDataRangeTransport } = await getResolvedPDFJS();

/** Parts of a file as they are asked for. */
class FileRanges extends PDFDataRangeTransport {
  #file;

  constructor(file, length) {
    super(length, null);
    this.#file = file;
  }

  requestDataRange(begin, end) {
    const part = new Uint8Array(end - begin);
    const length = readSync(this.#file, part, 0, part.length, begin);
    // The reader waits for the answer only once it has asked.
    setImmediate(() => this.onDataRange(begin, part.subarray(0, length)));
  }
}

async function read(file) {
  const range = new FileRanges(file, fstatSync(file).size);
  const task = getDocument({
    range,
    disableAutoFetch: true,
    disableStream: true,
    isEvalSupported: false,
    useSystemFonts: false,
    verbosity: 0,
  });
  const document = await task.promise;
  const page = await document.getPage(1);
  const { width, height } = page.getViewport({ scale: 1 });
  return { pages: document.numPages, width, height };
}

async function main() {
  const file = openSync(workerData.source, 'r');
  try {
    return await read(file);
  } catch (error) {
    return { problem: error?.name === 'PasswordException' ? 'encrypted' : 'unreadable' };
  } finally {
    closeSync(file);
  }
}

parentPort.postMessage(await main());
