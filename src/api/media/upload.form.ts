import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import {
  UnsupportedMediaTypeError,
  ValidationFailedError,
  type Violation,
} from '../../common/errors/index.js';
import { maxAltText } from '../../modules/media/index.js';

/** More bytes than the fields and boundaries have that a form may hold beside its file. */
const mostAroundTheFile = 1024 * 1024;
/** How long a client is listened to whose file is refused already. */
const lingerMs = 5_000;

/** The one file of an upload, and the fields around it. */
export class UploadForm {
  private altText: string | null = null;

  private constructor(
    private readonly request: FastifyRequest,
    private readonly parts: AsyncIterator<Multipart>,
    /** What the file has, as far as the request says at its head; 1 when it says nothing. */
    readonly leastFileBytes: number,
  ) {}

  /** Throws UnsupportedMediaTypeError when the body is no form. */
  static of(request: FastifyRequest, maxBytes: number): UploadForm {
    if (!request.isMultipart()) {
      throw new UnsupportedMediaTypeError('Send the file as multipart/form-data, in a part called "file".');
    }
    // One byte more than is taken: then our own check speaks first, with our own words.
    const limits = {
      fileSize: maxBytes + 1,
      files: 2,
      fields: 10,
      parts: 12,
      fieldNameSize: 100,
      fieldSize: 8 * maxAltText,
    };
    const announced = Number(request.headers['content-length'] ?? 0) - mostAroundTheFile;
    return new UploadForm(request, request.parts({ limits })[Symbol.asyncIterator](), Math.max(1, announced));
  }

  /** Reads up to the file. Throws ValidationFailedError when there is none. */
  async file(): Promise<MultipartFile> {
    const file = await this.next();
    if (file === null)
      throw refused('/file', 'required', 'There is no file.', 'Send it in a part called "file".');
    return file;
  }

  /** Reads what is left behind the file, which must have been read by then; answers the alternative text. */
  async rest(): Promise<string | null> {
    if ((await this.next()) === null) return this.altText;
    throw refused('/file', 'one_file', 'There is more than one file.', 'Upload them one by one.');
  }

  /**
   * Nothing of what still comes is wanted. It is read on for a moment all the same: who cannot send does not hear the answer, and a
   * connection that nobody reads does not end.
   */
  letGo(): void {
    const { raw } = this.request;
    if (raw.complete) return;
    raw.unpipe();
    raw.resume();
    const timer = setTimeout(() => raw.socket.destroy(), lingerMs).unref();
    raw.once('close', () => {
      clearTimeout(timer);
    });
  }

  /** The next file, or null at the end; fields on the way are kept. */
  private async next(): Promise<MultipartFile | null> {
    for (;;) {
      const step = await this.parts.next();
      if (step.done === true) return null;
      const { value } = step;
      if (value.type === 'file') {
        if (value.fieldname === 'file') return value;
        value.file.resume();
        throw unknown(value.fieldname);
      }
      if (value.fieldname !== 'altText') throw unknown(value.fieldname);
      this.altText = typeof value.value === 'string' ? value.value : null;
    }
  }
}

function unknown(name: string): ValidationFailedError {
  return refused(
    `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    'unknown_field',
    'There is no such field.',
    'Send "file" and, if wanted, "altText".',
  );
}

function refused(pointer: string, rule: string, message: string, remedy: string): ValidationFailedError {
  const violation: Violation = { pointer, rule, message, remedy };
  return new ValidationFailedError([violation]);
}
