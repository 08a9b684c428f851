import { probeImage } from '../core/image.probe.js';
import type { FileKind, NewFile, StoredFile } from './file.ids.js';
import type { MethodInput } from './method.input.js';
import type { Bot } from './telegram.chats.js';
import { badRequest, entityTooLarge } from './telegram.errors.js';
import type { TelegramState } from './telegram.state.js';

const MB = 1024 * 1024;
const MAX_UPLOADED_PHOTO = 10 * MB;
const MAX_UPLOADED_FILE = 50 * MB;
const MAX_FETCHED_PHOTO = 5 * MB;
const MAX_FETCHED_FILE = 20 * MB;
const MAX_SIDES = 10_000;
const MAX_RATIO = 20;
const FETCH_TIMEOUT_MS = 5000;

export interface SourceRequest {
  readonly kind: FileKind;
  /** A file id, an address, or `attach://` and the name of a file part. */
  readonly source: string | undefined;
  readonly width: number | null;
  readonly height: number | null;
}

type Bytes = Pick<NewFile, 'bytes' | 'mimeType' | 'filename'>;

/** The file that a message is about, from wherever the client has it. */
export async function resolveFile(
  state: TelegramState,
  bot: Bot,
  input: MethodInput,
  request: SourceRequest,
): Promise<StoredFile> {
  const { kind, source } = request;
  const upload = uploadOf(input, request);
  if (upload) return store(state, bot, request, checkUpload(kind, upload));
  if (source === undefined || source === '') throw badRequest(`there is no ${kind} in the request`);
  if (/^https?:\/\//i.test(source)) return store(state, bot, request, await fetchFile(kind, source));
  const known = state.files.find(bot, kind, source);
  if (!known) throw badRequest('wrong file identifier/HTTP URL specified');
  return known;
}

function uploadOf(input: MethodInput, { kind, source }: SourceRequest): Bytes | undefined {
  const [, name] = /^attach:\/\/(.+)$/.exec(source ?? '') ?? [];
  if (name === undefined && source !== undefined && source !== '') return undefined;
  const file = input.file(name ?? kind);
  if (name !== undefined && !file) throw badRequest('wrong file identifier/HTTP URL specified');
  return file;
}

function checkUpload(kind: FileKind, upload: Bytes): Bytes {
  const size = upload.bytes.length;
  if (size === 0) throw badRequest('file must be non-empty');
  if (size > MAX_UPLOADED_FILE) throw entityTooLarge();
  if (kind === 'photo' && size > MAX_UPLOADED_PHOTO) throw badRequest('file is too big');
  return upload;
}

/** Telegram loads the address itself. From here only this machine can be reached. */
async function fetchFile(kind: FileKind, source: string): Promise<Bytes> {
  const failed = badRequest('failed to get HTTP URL content');
  const url = URL.canParse(source) ? new URL(source) : null;
  if (url === null) throw badRequest('wrong HTTP URL specified');
  if (!['127.0.0.1', 'localhost'].includes(url.hostname)) throw failed;
  const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) }).catch(() => null);
  if (answer?.ok !== true) throw failed;
  const mimeType = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
  if (kind === 'photo' && !mimeType.startsWith('image/')) {
    throw badRequest('wrong type of the web page content');
  }
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (bytes.length > (kind === 'photo' ? MAX_FETCHED_PHOTO : MAX_FETCHED_FILE)) throw failed;
  return { bytes, mimeType, filename: url.pathname.split('/').at(-1) ?? null };
}

async function store(
  state: TelegramState,
  bot: Bot,
  { kind, width, height }: SourceRequest,
  file: Bytes,
): Promise<StoredFile> {
  const base = { kind, bytes: file.bytes, mimeType: file.mimeType, filename: file.filename };
  if (kind !== 'photo') return state.files.store(bot, { ...base, width, height });
  const size = await probeImage(file.bytes);
  if (size === null) throw badRequest('IMAGE_PROCESS_FAILED');
  const ratio = Math.max(size.width / size.height, size.height / size.width);
  if (size.width + size.height > MAX_SIDES || ratio > MAX_RATIO) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  }
  return state.files.store(bot, { ...base, filename: null, width: size.width, height: size.height });
}
