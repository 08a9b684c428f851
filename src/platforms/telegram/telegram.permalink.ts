/** Where a message was sent. */
export interface MessagePlace {
  readonly messageId: number;
  readonly chatId: number;
  readonly chatType: string;
  readonly chatUsername: string | null;
  /** The forum topic; null outside one. */
  readonly topicId: number | null;
}

/** A channel or supergroup without a user name: `-1001234567890` is `/c/1234567890`, for members only. */
const SUPERGROUP_PREFIX = '-100';

/**
 * The link to a message; null where Telegram has none: basic groups, private chats, and a video that is still being
 * processed (message id 0).
 */
export function messagePermalink(place: MessagePlace): string | null {
  if (place.messageId <= 0) return null;
  const chat = chatPath(place);
  if (chat === null) return null;
  const topic = place.topicId === null ? '' : `${place.topicId}/`;
  return `https://t.me/${chat}/${topic}${place.messageId}`;
}

function chatPath({ chatId, chatType, chatUsername }: MessagePlace): string | null {
  if (chatType !== 'channel' && chatType !== 'supergroup') return null;
  if (chatUsername !== null) return chatUsername;
  const id = String(chatId);
  return id.startsWith(SUPERGROUP_PREFIX) ? `c/${id.slice(SUPERGROUP_PREFIX.length)}` : null;
}
