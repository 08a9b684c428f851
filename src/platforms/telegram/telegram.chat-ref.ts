/**
 * What Telegram takes as `chat_id`, from what people write: `@name`, `name`, `https://t.me/name`, a numeric id, or a link
 * to a message of a private channel. Null when it is none of these.
 */
export function parseChatRef(input: string): string | null {
  const value = input.trim();
  if (/^-?\d{1,16}$/.test(value)) return value;
  const path = value.replace(/^(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.me\//i, '');
  const internal = /^c\/(\d{1,13})(?:\/|$)/.exec(path)?.[1];
  if (internal !== undefined && path !== value) return `-100${internal}`;
  const name = /^@?([a-z][a-z0-9_]{3,31})(?:\/\d+)*\/?$/i.exec(path)?.[1];
  return name === undefined ? null : `@${name}`;
}
