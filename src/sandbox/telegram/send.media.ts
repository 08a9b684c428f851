import type { JsonObject, JsonValue } from '../core/json.js';
import { requireRate, requireWritableChat } from './chat.access.js';
import type { FileKind, StoredFile } from './file.ids.js';
import { resolveFile } from './file.sources.js';
import { mediaFields } from './method.fields.js';
import { refuseFiles, type BotMethod, type MethodCall } from './method.operations.js';
import { readSendOptions, sendPost } from './message.sending.js';
import { captionText } from './message.text.js';
import type { TelegramState } from './telegram.state.js';
import type { FormattedText } from './text.entities.js';

const METHODS: readonly (readonly [name: string, kind: FileKind])[] = [
  ['sendPhoto', 'photo'],
  ['sendVideo', 'video'],
  ['sendAnimation', 'animation'],
  ['sendAudio', 'audio'],
  ['sendDocument', 'document'],
];

export function sendMediaMethods(state: TelegramState): readonly BotMethod[] {
  return METHODS.map(([name, kind]) => ({
    name,
    visible: true,
    changes: true,
    fields: mediaFields(kind),
    takesFiles: true,
    run: (call: MethodCall) => sendMedia(state, call, name, kind),
  }));
}

async function sendMedia(
  state: TelegramState,
  call: MethodCall,
  name: string,
  kind: FileKind,
): Promise<JsonValue> {
  const { input, bot } = call;
  const chat = requireWritableChat(state, call);
  const options = readSendOptions(chat, input);
  const text = captionText({
    source: input.text('caption') ?? '',
    parseMode: input.text('parse_mode') ?? '',
    entities: input.structure('caption_entities'),
  });
  const width = input.integer('width') ?? null;
  const height = input.integer('height') ?? null;
  const file = await resolveFile(state, bot, input, { kind, source: input.text(kind), width, height });
  input.file(attachedName(input.text('thumbnail')) ?? 'thumbnail');
  const cover = await resolveCover(state, call);
  refuseFiles(state, name, input.unusedFiles());
  requireRate(state, chat, 1);
  const isSpoiler = input.flag('has_spoiler');
  const extra = {
    mediaSpoiler: isSpoiler,
    cover: cover === null ? null : { mimeType: cover.mimeType, sha256: cover.sha256 },
    captionAbove: input.flag('show_caption_above_media'),
  };
  const duration = input.integer('duration') ?? 0;
  const contents = [fileContent(file, text, { duration, cover, isSpoiler })];
  const [message] = sendPost(state, { chat, options, text, files: [file], linkCard: null, extra, contents });
  return message ?? null;
}

/** The picture that stands for a video: an upload that the parameter names, a file id or an address. */
async function resolveCover(state: TelegramState, { input, bot }: MethodCall): Promise<StoredFile | null> {
  const source = input.text('cover');
  if (source === undefined || source === '') return null;
  return resolveFile(state, bot, input, { kind: 'photo', source, width: null, height: null });
}

export function attachedName(source: string | undefined): string | undefined {
  return /^attach:\/\/(.+)$/.exec(source ?? '')?.[1];
}

export interface Showing {
  readonly duration: number;
  readonly cover: StoredFile | null;
  readonly isSpoiler: boolean;
}

/** The part of the message object that shows the file. */
export function fileContent(
  file: StoredFile,
  text: FormattedText,
  { duration, cover, isSpoiler }: Showing,
): JsonObject {
  const ids = { file_id: file.fileId, file_unique_id: file.fileId.slice(-16), file_size: file.bytes };
  const sides = { width: file.width ?? 0, height: file.height ?? 0 };
  const named = { mime_type: file.mimeType, ...(file.filename === null ? {} : { file_name: file.filename }) };
  const entities = text.entities.map((entity) => ({ ...entity }));
  return {
    [file.kind]: shown(),
    ...(text.text === '' ? {} : { caption: text.text }),
    ...(entities.length === 0 ? {} : { caption_entities: entities }),
    ...(isSpoiler ? { has_media_spoiler: true } : {}),
  };

  function shown(): JsonValue {
    switch (file.kind) {
      case 'photo':
        return [photoSize(file)];
      case 'video':
        return {
          ...ids,
          ...sides,
          ...named,
          duration,
          ...(cover === null ? {} : { cover: [photoSize(cover)] }),
        };
      case 'animation':
        return { ...ids, ...sides, ...named, duration };
      case 'audio':
        return { ...ids, ...named, duration };
      case 'document':
        return { ...ids, ...named };
    }
  }
}

function photoSize({ fileId, bytes, width, height }: StoredFile): JsonObject {
  return {
    file_id: fileId,
    file_unique_id: fileId.slice(-16),
    file_size: bytes,
    width: width ?? 0,
    height: height ?? 0,
  };
}
