import {
  booleanAt,
  isJsonObject,
  numberAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '../core/json.js';
import { requireRate, requireWritableChat } from './chat.access.js';
import type { FileKind, StoredFile } from './file.ids.js';
import { resolveFile } from './file.sources.js';
import { ALBUM_FIELDS } from './method.fields.js';
import { refuseFiles, type BotMethod, type MethodCall } from './method.operations.js';
import { readSendOptions, sendPost, type OutgoingPost } from './message.sending.js';
import { captionText } from './message.text.js';
import { attachedName, fileContent } from './send.media.js';
import { albumItemFailed, badRequest } from './telegram.errors.js';
import type { TelegramState } from './telegram.state.js';
import type { FormattedText } from './text.entities.js';

const NAME = 'sendMediaGroup';
const MIN_ITEMS = 2;
const MAX_ITEMS = 10;
const KINDS: readonly FileKind[] = ['photo', 'video', 'audio', 'document'];

interface AlbumItem {
  readonly file: StoredFile;
  readonly text: FormattedText;
  readonly duration: number;
  readonly isSpoiler: boolean;
}

export function sendAlbumMethod(state: TelegramState): BotMethod {
  return {
    name: NAME,
    visible: true,
    changes: true,
    fields: ALBUM_FIELDS,
    takesFiles: true,
    run: (call) => sendAlbum(state, call),
  };
}

async function sendAlbum(state: TelegramState, call: MethodCall): Promise<JsonValue> {
  const { input } = call;
  const chat = requireWritableChat(state, call);
  const options = readSendOptions(chat, input);
  const media = readMedia(input.structure('media'));
  const items: AlbumItem[] = [];
  for (const one of media) items.push(await readItem(state, call, one));
  refuseFiles(state, NAME, input.unusedFiles());
  requireRate(state, chat, items.length);
  const mediaGroupId = state.nextMediaGroupId();
  const text = items[0]?.text ?? { text: '', entities: [] };
  const [first] = media;
  const extra = {
    mediaGroupId,
    captions: items.map((item) => item.text.text),
    mediaSpoiler: items.every(({ isSpoiler }) => isSpoiler),
    captionAbove: first !== undefined && booleanAt(first, 'show_caption_above_media') === true,
  };
  const files = items.map(({ file }) => file);
  const contents = items.map((item) => ({
    media_group_id: mediaGroupId,
    ...fileContent(item.file, item.text, { ...item, cover: null }),
  }));
  return deliver(state, { chat, options, text, files, linkCard: null, extra, contents });
}

/** The whole album, or the part before the item that is to fail. */
function deliver(state: TelegramState, post: OutgoingPost): JsonValue {
  const failure = state.settings.albumFailure;
  if (failure === null || failure.item > post.contents.length) return [...sendPost(state, post)];
  state.settings = { ...state.settings, albumFailure: null };
  const sent = failure.item - 1;
  if (sent > 0) {
    sendPost(state, { ...post, files: post.files.slice(0, sent), contents: post.contents.slice(0, sent) });
  }
  throw albumItemFailed(failure.item, failure.error);
}

function readMedia(value: JsonValue | undefined): readonly JsonObject[] {
  const media = Array.isArray(value) ? value.filter(isJsonObject) : [];
  const kinds = new Set(media.map(({ type }) => type));
  const hasOwnKindOnly = kinds.size === 1 || (!kinds.has('document') && !kinds.has('audio'));
  const isKnown = [...kinds].every((kind) => KINDS.some((known) => known === kind));
  if (media.length < MIN_ITEMS || media.length > MAX_ITEMS || !hasOwnKindOnly || !isKnown) {
    throw badRequest('MEDIA_GROUPED_INVALID');
  }
  return media;
}

async function readItem(
  state: TelegramState,
  { input, bot }: MethodCall,
  item: JsonObject,
): Promise<AlbumItem> {
  const kind = KINDS.find((known) => known === item['type']) ?? 'photo';
  const text = captionText({
    source: stringAt(item, 'caption') ?? '',
    parseMode: stringAt(item, 'parse_mode') ?? '',
    entities: item['caption_entities'],
  });
  for (const part of ['thumbnail', 'cover']) {
    const name = attachedName(stringAt(item, part));
    if (name !== undefined) input.file(name);
  }
  const file = await resolveFile(state, bot, input, {
    kind,
    source: stringAt(item, 'media') ?? '',
    width: numberAt(item, 'width') ?? null,
    height: numberAt(item, 'height') ?? null,
  });
  return {
    file,
    text,
    duration: numberAt(item, 'duration') ?? 0,
    isSpoiler: booleanAt(item, 'has_spoiler') === true,
  };
}
