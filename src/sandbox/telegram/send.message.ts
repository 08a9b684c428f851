import type { InboxLinkCard } from '../core/inbox.js';
import { booleanAt, isJsonObject, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { requireRate, requireWritableChat } from './chat.access.js';
import { MESSAGE_FIELDS } from './method.fields.js';
import type { BotMethod, MethodCall } from './method.operations.js';
import { readSendOptions, sendPost } from './message.sending.js';
import { messageText } from './message.text.js';
import type { TelegramState } from './telegram.state.js';
import type { FormattedText } from './text.entities.js';

export function sendMessageMethod(state: TelegramState): BotMethod {
  return {
    name: 'sendMessage',
    visible: true,
    changes: true,
    fields: MESSAGE_FIELDS,
    run: (call) => sendMessage(state, call),
  };
}

function sendMessage(state: TelegramState, call: MethodCall): JsonValue {
  const { input } = call;
  const chat = requireWritableChat(state, call);
  const options = readSendOptions(chat, input);
  const text = messageText({
    source: input.text('text') ?? '',
    parseMode: input.text('parse_mode') ?? '',
    entities: input.structure('entities'),
  });
  const given = input.structure('link_preview_options');
  const preview = given !== undefined && isJsonObject(given) ? given : {};
  requireRate(state, chat, 1);
  const entities = text.entities.map((entity) => ({ ...entity }));
  const content: JsonObject = {
    text: text.text,
    ...(entities.length === 0 ? {} : { entities }),
    ...(Object.keys(preview).length === 0 ? {} : { link_preview_options: preview }),
  };
  const linkCard = linkCardOf(text, preview);
  const extra = { linkPreview: preview };
  const [message] = sendPost(state, { chat, options, text, files: [], linkCard, extra, contents: [content] });
  return message ?? null;
}

/** Telegram shows a card for the first address; title and picture would come from the page. */
function linkCardOf({ text, entities }: FormattedText, preview: JsonObject): InboxLinkCard | null {
  if (booleanAt(preview, 'is_disabled') === true) return null;
  const chosen = stringAt(preview, 'url') ?? '';
  const linked = entities.find(({ type }) => type === 'text_link')?.url;
  const [written] = /https?:\/\/[^\s<>"]+/.exec(text) ?? [];
  const url = chosen === '' ? (written ?? linked) : chosen;
  return url === undefined ? null : { url, title: null, description: null, image: null };
}
