import { simpleParser, type Attachment, type ParsedMail } from 'mailparser';
import { probeImage } from '../core/image.probe.js';
import type { InboxEntry, InboxMedia } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';
import { escapeHtml } from '../core/markup.js';
import type { MediaStore } from '../core/media.store.js';
import { readHeaders } from './message.checks.js';

export interface ReceivedMail {
  readonly account: string;
  readonly envelopeFrom: string;
  readonly recipients: readonly string[];
  readonly message: Buffer;
  readonly receivedAt: string;
}

/** Only pictures that the sandbox holds itself are loaded; a tracking pixel of the mail is not. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: http://127.0.0.1:* http://localhost:*";

/** One entry for each recipient, as a mail program would show the mail. */
export async function toEntries(mail: ReceivedMail, store: MediaStore): Promise<readonly InboxEntry[]> {
  const parsed = await simpleParser(mail.message, { keepCidLinks: true, skipTextLinks: true });
  const headers = headerObject(mail.message);
  const media = await Promise.all(parsed.attachments.map((part) => toMedia(part, parsed, store)));
  const source = store.put(mail.message, 'message/rfc822');
  const entry: Omit<InboxEntry, 'extra'> = {
    platform: 'email',
    account: mail.account,
    postId: parsed.messageId ?? '',
    permalink: null,
    text: (parsed.text ?? '').trimEnd(),
    media,
    linkCard: null,
    replyTo: parsed.inReplyTo ?? null,
    visibility: 'direct',
    spoiler: null,
    createdAt: mail.receivedAt,
    raw: {
      envelope: { from: mail.envelopeFrom, to: [...mail.recipients] },
      headers,
      html: parsed.html === false ? null : parsed.html,
      bytes: mail.message.length,
      sourceSha256: source.sha256,
    },
    ...displayOf(parsed, media),
  };
  return mail.recipients.map((to) => ({ ...entry, extra: extraOf(parsed, mail, to, headers) }));
}

function extraOf(parsed: ParsedMail, mail: ReceivedMail, to: string, headers: JsonObject): JsonObject {
  return {
    author: parsed.from?.value[0]?.name ?? '',
    from: parsed.from?.value[0]?.address ?? '',
    to,
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? '',
    envelopeFrom: mail.envelopeFrom,
    listHeaders: Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('list-'))),
    attachments: parsed.attachments.map((part) => ({
      filename: part.filename ?? null,
      mimeType: part.contentType,
      bytes: part.size,
      cid: part.cid ?? null,
      inline: part.contentDisposition !== 'attachment',
    })),
  };
}

function headerObject(message: Buffer): JsonObject {
  return Object.fromEntries(readHeaders(message).map(({ name, value }) => [name, value]));
}

async function toMedia(part: Attachment, parsed: ParsedMail, store: MediaStore): Promise<InboxMedia> {
  const stored = store.put(part.content, part.contentType);
  const size = part.contentType.startsWith('image/') ? await probeImage(part.content) : null;
  return {
    kind: kindOf(part.contentType),
    mimeType: part.contentType,
    bytes: part.content.length,
    alt: altOf(part, parsed),
    sha256: stored.sha256,
    ...(size === null ? {} : { width: size.width, height: size.height }),
    ...(part.filename === undefined ? {} : { filename: part.filename }),
  };
}

function kindOf(mimeType: string): InboxMedia['kind'] {
  if (mimeType === 'image/gif') return 'gif';
  const [type] = mimeType.split('/');
  return type === 'image' || type === 'video' || type === 'audio' ? type : 'file';
}

/** The alternative text that the HTML gives to the picture. */
function altOf(part: Attachment, parsed: ParsedMail): string | null {
  if (part.cid === undefined || parsed.html === false) return null;
  const tags = parsed.html.match(/<img\b[^>]*>/gi) ?? [];
  const tag = tags.find((candidate) => candidate.includes(`cid:${part.cid ?? ''}`));
  const alt = /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag ?? '');
  return alt === null ? null : unescape(alt[1] ?? alt[2] ?? '');
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/&#(?:39|x27);/gi, "'")
    .replaceAll('&amp;', '&');
}

function displayOf(parsed: ParsedMail, media: readonly InboxMedia[]): Pick<InboxEntry, 'display'> {
  if (parsed.html === false) return {};
  let html = parsed.html;
  for (const [index, part] of parsed.attachments.entries()) {
    if (part.cid === undefined) continue;
    html = html.replaceAll(`cid:${part.cid}`, `/_sandbox/media/${media[index]?.sha256 ?? ''}`);
  }
  const policy = `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(CONTENT_POLICY)}">`;
  return { display: { html: policy + html, isolated: true } };
}
