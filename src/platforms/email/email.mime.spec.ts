import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { sourceOf } from '../../common/http/index.js';
import type { MediaItem, TargetContent } from '../core/index.js';
import type { Mailing } from './email.account.js';
import { buildMessage, mailDate, messageIdOf, type MailInput } from './email.mime.js';

const mailing: Mailing = {
  fromAddress: 'news@example.org',
  fromName: 'Näws, "daily"',
  replyTo: 'editors@example.org',
  recipients: ['anna@example.net'],
  listId: 'news.example.org',
  unsubscribeUrl: 'https://example.org/out?who={recipient}',
  unsubscribeMailto: 'out@example.org',
};

function item(kind: MediaItem['kind'], mimeType: string, fileName: string): MediaItem {
  return {
    ...{ id: fileName, kind, mimeType, fileName, bytes: 3, sha256: 'aa', width: 10, height: 10 },
    ...{ durationMs: null, altText: 'Ein Hund' },
  };
}

const content: TargetContent = {
  text: `Grüße 👋\n.leading dot\n${'long '.repeat(500)}`,
  link: 'https://example.org/a',
  media: [],
  thread: [],
  settings: { subject: 'Grüße 👋', linkLabel: 'Weiter' },
};

const input: MailInput = {
  content,
  mailing,
  recipient: 'anna+x@example.net',
  messageId: messageIdOf('pub:1:to:0', mailing.fromAddress),
  date: mailDate(new Date('2026-01-02T03:04:05Z')),
  files: [
    { item: item('image', 'image/png', 'hünd.png'), source: sourceOf(Buffer.from('png')) },
    { item: item('document', 'application/pdf', 'plan.pdf'), source: sourceOf(Buffer.from('pdf')) },
  ],
};

async function written(of: MailInput): Promise<Buffer> {
  return buffer(await (await buildMessage(of)).open());
}

describe('buildMessage', () => {
  it('measures what it will send', async () => {
    const message = await buildMessage(input);
    const bytes = await written(input);
    expect(message.bytes).toBe(bytes.length);
    expect(message.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(message.head.equals(bytes.subarray(0, 4096))).toBe(true);
  });

  it('fails with a file that cannot be read, or is not the one that was named', async () => {
    const picture = item('image', 'image/png', 'a.png');
    const source = sourceOf(Buffer.from('png'));
    const gone = { ...source, open: () => Promise.reject(new Error('gone')) };
    const other = { ...source, open: () => sourceOf(Buffer.from('jpg')).open() };
    for (const broken of [gone, other]) {
      const files = [{ item: picture, source: broken }];
      await expect(buildMessage({ ...input, files })).rejects.toThrow();
    }
  });

  it('makes the same bytes twice', async () => {
    expect((await written(input)).equals(await written(input))).toBe(true);
  });

  it('makes other bytes for another recipient', async () => {
    const other = await written({ ...input, recipient: 'bob@example.net' });
    expect(other.equals(await written(input))).toBe(false);
  });

  it('says what it should', async () => {
    const mail = await simpleParser(await written(input));
    expect(mail.subject).toBe('Grüße 👋');
    expect(mail.from?.value).toEqual([{ name: 'Näws, "daily"', address: 'news@example.org' }]);
    expect(mail.messageId).toBe(input.messageId);
    expect(mail.date?.toISOString()).toBe('2026-01-02T03:04:05.000Z');
    expect(mail.text).toContain('.leading dot');
    expect(mail.text).toContain('https://example.org/a');
    expect(mail.text).toContain('Unsubscribe: https://example.org/out?who=anna%2Bx%40example.net');
    expect(mail.html).toContain('alt="Ein Hund"');
    expect(mail.html).toContain('>Weiter</a>');
    expect(
      mail.attachments.map(({ filename, contentDisposition }) => [filename, contentDisposition]),
    ).toEqual([
      ['hünd.png', 'inline'],
      ['plan.pdf', 'attachment'],
    ]);
    expect(mail.attachments[0]?.content.toString()).toBe('png');
  });

  it('shows the image by its content id', async () => {
    const raw = (await written(input)).toString('latin1');
    const cid = /^Content-Id: <([^>]+)>/im.exec(raw)?.[1];
    const mail = await simpleParser(raw, { skipImageLinks: true });
    expect(mail.html).toContain(`src="cid:${cid ?? '?'}"`);
  });

  it('carries the headers of a list', async () => {
    const { headers } = await simpleParser(await written(input));
    const raw = (await written(input)).toString('latin1').replace(/\r\n[ \t]+/g, ' ');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(raw).toMatch(/^List-Id: <news\.example\.org>\r$/im);
    expect(raw).toMatch(
      /^List-Unsubscribe: <https:\/\/example\.org\/out\?who=anna%2Bx%40example\.net>, <mailto:out@example\.org>\r$/m,
    );
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  });

  it('offers one click only by https', async () => {
    const plain = { ...mailing, unsubscribeUrl: null, listId: null };
    const raw = (await written({ ...input, mailing: plain })).toString('latin1');
    expect(raw).not.toMatch(/^List-(Unsubscribe-Post|Id)/m);
    expect(raw).toMatch(/^List-Unsubscribe: <mailto:out@example\.org>\r$/m);
  });

  it('keeps lines within the limit of SMTP and ends them with CRLF', async () => {
    const lines = (await written(input)).toString('latin1').split('\r\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(lines.some((line) => line.includes('\n'))).toBe(false);
  });

  it('names nobody but the recipient', async () => {
    const raw = (await written({ ...input, recipient: 'bob@example.net' })).toString('latin1');
    expect(raw).not.toContain('anna');
    expect(raw).not.toMatch(/^(X-Mailer|Bcc|Cc):/im);
  });
});

describe('messageIdOf', () => {
  it('depends on the commit and not on the attempt', () => {
    expect(messageIdOf('a', 'x@example.org')).toBe(messageIdOf('a', 'x@example.org'));
    expect(messageIdOf('a', 'x@example.org')).not.toBe(messageIdOf('b', 'x@example.org'));
    expect(messageIdOf('a', 'x@example.org')).toMatch(/^<[0-9a-f]{40}@example\.org>$/);
  });
});
