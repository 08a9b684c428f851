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
  for (const extra of ['thumbnail', 'cover']) input.file(attachedName(input.text(extra)) ?? extra);
  refuseFiles(state, name, input.unusedFiles());
  requireRate(state, chat, 1);
  const extra = {
    mediaSpoiler: input.flag('has_spoiler'),
    captionAbove: input.flag('show_caption_above_media'),
  };
  const contents = [fileContent(file, text, input.integer('duration') ?? 0)];
  const [message] = sendPost(state, { chat, options, text, files: [file], linkCard: null, extra, contents });
  return message ?? null;
}

export function attachedName(source: string | undefined): string | undefined {
  return /^attach:\/\/(.+)$/.exec(source ?? '')?.[1];
}

/** The part of the message object that shows the file. */
export function fileContent(file: StoredFile, text: FormattedText, duration: number): JsonObject {
  const ids = { file_id: file.fileId, file_unique_id: file.fileId.slice(-16), file_size: file.bytes };
  const sides = { width: file.width ?? 0, height: file.height ?? 0 };
  const named = { mime_type: file.mimeType, ...(file.filename === null ? {} : { file_name: file.filename }) };
  const entities = text.entities.map((entity) => ({ ...entity }));
  return {
    [file.kind]: shown(),
    ...(text.text === '' ? {} : { caption: text.text }),
    ...(entities.length === 0 ? {} : { caption_entities: entities }),
  };

  function shown(): JsonValue {
    switch (file.kind) {
      case 'photo':
        return [{ ...ids, ...sides }];
      case 'video':
      case 'animation':
        return { ...ids, ...sides, ...named, duration };
      case 'audio':
        return { ...ids, ...named, duration };
      case 'document':
        return { ...ids, ...named };
    }
  }
}
