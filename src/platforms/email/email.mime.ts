import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { type ByteSource, wholly } from '../../common/http/index.js';
import type { MediaItem, TargetContent } from '../core/index.js';
import type { Mailing } from './email.account.js';
import { domainOf } from './email.address.js';
import { composeHtml, type InlineImage } from './email.html.js';
import { readEmailSettings } from './email.settings.js';
import { composeEmailText, subjectOf } from './email.text.js';

export interface MailFile {
  readonly item: MediaItem;
  readonly source: ByteSource;
}

export interface MailInput {
  readonly content: TargetContent;
  readonly mailing: Mailing;
  readonly recipient: string;
  /** With angle brackets. */
  readonly messageId: string;
  /** RFC 5322: `Thu, 01 Jan 2026 00:00:00 +0000`. */
  readonly date: string;
  readonly files: readonly MailFile[];
}

/** A message that can be sent, and what of it is kept as evidence. It is always sent whole. */
export interface MailBytes extends ByteSource {
  readonly sha256: string;
  readonly head: Buffer;
}

const HEAD_BYTES = 4096;

type Attachment = NonNullable<
  NonNullable<ConstructorParameters<typeof MailComposer>[0]>['attachments']
>[number];

/** `<hash@domain of the sender>`: the same for every attempt of a commit. */
export function messageIdOf(commitKey: string, fromAddress: string): string {
  return `<${sha256(commitKey).slice(0, 40)}@${domainOf(fromAddress)}>`;
}

export function mailDate(moment: Date): string {
  return moment.toUTCString().replace('GMT', '+0000');
}

/**
 * The whole message: written once to be measured, and again whenever it is sent. The same input makes the same bytes, so that
 * a repeat can be told from a change.
 */
export async function buildMessage(input: MailInput): Promise<MailBytes> {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let bytes = 0;
  const chunks: AsyncIterable<Buffer> = writeMessage(input);
  for await (const chunk of chunks) {
    if (bytes < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - bytes));
    bytes += chunk.length;
    hash.update(chunk);
  }
  const open = (): Promise<Readable> => Promise.resolve(writeMessage(input));
  return { bytes, sha256: hash.digest('hex'), head: Buffer.concat(head), open };
}

function writeMessage(input: MailInput): Readable {
  const { content, mailing, files, messageId } = input;
  const unsubscribeUrl = unsubscribeUrlFor(input);
  const inline = files.map((file, index) => ({ file, cid: contentId(messageId, index) }));
  const subject = subjectOf(content);
  return new MailComposer({
    from: { name: mailing.fromName ?? '', address: mailing.fromAddress },
    to: { name: '', address: input.recipient },
    ...(mailing.replyTo === null ? {} : { replyTo: mailing.replyTo }),
    subject,
    messageId,
    date: input.date,
    text: withFooter(composeEmailText(content), unsubscribeUrl),
    html: composeHtml({
      subject,
      text: content.text,
      images: inline
        .filter(({ file }) => isInline(file.item))
        .map(({ file, cid }) => imageOf(file.item, cid)),
      button: buttonOf(content),
      unsubscribeUrl,
    }),
    attachments: inline.map(({ file, cid }) => attachmentOf(file, cid)),
    headers: listHeaders(mailing, unsubscribeUrl),
    baseBoundary: sha256(`boundary ${messageId}`).slice(0, 32),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .createReadStream();
}

/** Whether the medium is shown inside the HTML part; everything else is attached. */
export function isInline(item: MediaItem): boolean {
  return item.kind === 'image' || item.kind === 'gif';
}

function attachmentOf({ item, source }: MailFile, cid: string): Attachment {
  const common = {
    filename: item.fileName,
    contentType: item.mimeType,
    // Opened when the message is read, not before.
    content: Readable.from(wholly(source), { objectMode: false }),
    contentTransferEncoding: 'base64' as const,
  };
  return isInline(item) ? { ...common, cid } : { ...common, contentDisposition: 'attachment' };
}

function imageOf(item: MediaItem, cid: string): InlineImage {
  return { cid, alt: item.altText ?? '', width: item.width };
}

function buttonOf(content: TargetContent): { url: string; label: string } | null {
  if (content.link === null) return null;
  const { linkLabel } = readEmailSettings(content.settings);
  if (linkLabel === null && content.text.includes(content.link)) return null;
  return { url: content.link, label: linkLabel ?? content.link };
}

function withFooter(text: string, unsubscribeUrl: string | null): string {
  return unsubscribeUrl === null ? text : `${text}\n\n-- \nUnsubscribe: ${unsubscribeUrl}`;
}

function unsubscribeUrlFor({ mailing, recipient }: MailInput): string | null {
  return mailing.unsubscribeUrl?.replaceAll('{recipient}', encodeURIComponent(recipient)) ?? null;
}

/** RFC 2369, 2919, 3834 and 8058. The values were checked when the account was connected. */
function listHeaders(mailing: Mailing, unsubscribeUrl: string | null): Record<string, object | string> {
  const mailto = mailing.unsubscribeMailto === null ? null : `mailto:${mailing.unsubscribeMailto}`;
  const ways = [unsubscribeUrl, mailto].filter((way) => way !== null).map((way) => `<${way}>`);
  return {
    'Auto-Submitted': 'auto-generated',
    ...(mailing.listId === null ? {} : { 'List-Id': asIs(`<${mailing.listId}>`) }),
    ...(ways.length === 0 ? {} : { 'List-Unsubscribe': asIs(ways.join(', ')) }),
    ...(unsubscribeUrl?.startsWith('https://') === true
      ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
      : {}),
  };
}

function asIs(value: string): { prepared: true; foldLines: true; value: string } {
  return { prepared: true, foldLines: true, value };
}

function contentId(messageId: string, index: number): string {
  return `${index}.${messageId.slice(1, -1)}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
