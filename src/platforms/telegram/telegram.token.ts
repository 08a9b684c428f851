import { PublishError } from '../core/index.js';

/** `123456:ABC-def`: the bot's id, a colon, its secret. Checked because it becomes part of a path. */
const tokenForm = /^\d{1,20}:[\w-]{1,128}$/;

/** @throws PublishError when it has not the form of a bot token. */
export function requireToken(value: string | undefined): string {
  const token = value?.trim() ?? '';
  if (tokenForm.test(token)) return token;
  throw new PublishError({
    kind: 'auth_expired',
    code: 'telegram.token_malformed',
    message: 'This is no bot token of Telegram.',
    remedy: 'Copy the whole token from @BotFather (digits, a colon, letters) and connect the account again.',
  });
}

/** Takes whatever looks like a bot token in a URL out of a text, and the given token wherever it stands. */
export function redactToken(text: string, token?: string): string {
  const known = token === undefined ? text : text.replaceAll(token, '[token]');
  return known.replace(/bot\d+(?::|%3a)[\w-]+/gi, 'bot[token]');
}
