import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import { parseAddress, parseAddressList } from './email.address.js';
import { composeHtml, textToHtml } from './email.html.js';
import { composeEmailText, subjectOf } from './email.text.js';

function content(
  text: string,
  more: { link?: string; settings?: JsonObject; media?: MediaItem[] } = {},
): TargetContent {
  return { text, link: null, media: [], thread: [], settings: {}, ...more };
}

describe('the subject', () => {
  it('is the setting, else the first line with words', () => {
    expect(subjectOf(content('one\ntwo', { settings: { subject: 'News' } }))).toBe('News');
    expect(subjectOf(content('\n  one \r\ntwo'))).toBe('one');
    expect(subjectOf(content('  \n'))).toBe('');
  });

  it('is cut between characters, never inside one', () => {
    const subject = subjectOf(content('👩‍👩‍👧'.repeat(100)));
    expect(subject).toBe(`${'👩‍👩‍👧'.repeat(77)}…`);
  });

  it('can not end a header', () => {
    const settings = { subject: 'Hi\r\nBcc: eve@example.org' };
    expect(subjectOf(content('x', { settings }))).toBe('Hi Bcc: eve@example.org');
  });
});

describe('the text', () => {
  it('ends with the link once', () => {
    const link = 'https://example.org/';
    expect(composeEmailText(content('Hello ', { link }))).toBe('Hello\n\nhttps://example.org/');
    expect(composeEmailText(content(`See ${link}`, { link }))).toBe(`See ${link}`);
    expect(composeEmailText(content('', { link }))).toBe(link);
  });
});

describe('the HTML part', () => {
  it('escapes the text and keeps its lines', () => {
    expect(textToHtml('<script>alert("x")</script>\nA & B\n\n\nC')).toBe(
      '<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;<br>\nA &amp; B</p>\n<p>C</p>',
    );
  });

  it.each([
    ['See https://example.org/a?b=1&c=2.', 'https://example.org/a?b=1&amp;c=2', '.'],
    ['(https://example.org/x)', 'https://example.org/x', ')'],
    ['https://example.org/x_(y)', 'https://example.org/x_(y)', ''],
    ['https://example.org/!?', 'https://example.org/', '!?'],
  ])('makes the address in "%s" clickable', (text, href, rest) => {
    expect(textToHtml(text)).toContain(`<a href="${href}">${href}</a>${rest}`);
  });

  it('shows images with their alternative text, the button and the way out', () => {
    const html = composeHtml({
      subject: 'A "B"',
      text: 'Hello',
      images: [{ cid: '0.x@example.org', alt: 'a "dog"', width: 4000 }],
      button: { url: 'https://example.org/?a=1&b=2', label: 'Read on' },
      unsubscribeUrl: 'https://example.org/out',
    });
    expect(html).toContain('<title>A &quot;B&quot;</title>');
    expect(html).toContain('<img src="cid:0.x@example.org" alt="a &quot;dog&quot;" width="600"');
    expect(html).toMatch(/<a href="https:\/\/example\.org\/\?a=1&amp;b=2" style="[^"]+">Read on<\/a>/);
    expect(html).toMatch(/<a href="https:\/\/example\.org\/out"[^>]*>Unsubscribe<\/a>/);
  });
});

describe('addresses', () => {
  it.each([
    ['anna@example.org', 'anna@example.org'],
    [' Anna Bell <Anna.B+x@Example.ORG> ', 'Anna.B+x@example.org'],
    ['anna@bücher.example', 'anna@xn--bcher-kva.example'],
    ['root@localhost', 'root@localhost'],
  ])('reads %s', (input, address) => {
    expect(parseAddress(input)).toBe(address);
  });

  it.each([
    ['anna'],
    ['a@b@c.org'],
    ['anna @example.org'],
    ['änna@example.org'],
    ['anna@'],
    ['.anna@example.org'],
    [`${'x'.repeat(65)}@example.org`],
    ['anna@example.org>\r\nRCPT TO:<eve@example.org'],
    ['anna@-x.org'],
  ])('refuses %s', (input) => {
    expect(parseAddress(input)).toBeNull();
  });

  it('are listed once each, in order', () => {
    expect(parseAddressList('b@x.org; a@x.org,\nB@x.org\n\nnobody')).toEqual({
      addresses: ['b@x.org', 'a@x.org'],
      invalid: ['nobody'],
    });
  });
});
