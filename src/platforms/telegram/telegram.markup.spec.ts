import { escapeMarkup, readMarkup } from './telegram.markup.js';

const visible = (text: string, mode: 'HTML' | 'MarkdownV2') => readMarkup(text, mode).visible;
const problem = (text: string, mode: 'HTML' | 'MarkdownV2') => readMarkup(text, mode).problem;

describe('HTML markup', () => {
  it('counts what is left after parsing', () => {
    expect(visible('<b>bold</b> &amp; <a href="https://example.org/?a=1&amp;b=2">link</a>', 'HTML')).toBe(
      'bold & link',
    );
    expect(visible('&lt;3 &#128077; &#x1F44D; &quot;', 'HTML')).toBe('<3 👍 👍 "');
  });

  it('takes nested tags and a lone ampersand', () => {
    expect(problem('<b>a <i>b</i></b> R&D <pre><code class="language-ts">x</code></pre>', 'HTML')).toBeNull();
  });

  it.each([
    ['a < b', /character 3/],
    ['<div>x</div>', /<div>/],
    ['<b>x', /never closed/],
    ['<b><i>x</b></i>', /closes what is not open/],
    ['x</b>', /closes what is not open/],
  ])('reports %s', (text, message) => {
    expect(problem(text, 'HTML')).toMatch(message);
  });
});

describe('MarkdownV2 markup', () => {
  it('counts what is left after parsing', () => {
    expect(
      visible('*bold* _it_ __un__ ~st~ ||sp|| [text](https://example.org/a\\)b) 1\\.', 'MarkdownV2'),
    ).toBe('bold it un st sp text 1.');
    expect(visible('`a\\`b` and ```ts\nlet x = 1;\n```', 'MarkdownV2')).toBe('a`b and let x = 1;\n');
  });

  it('takes quotations at the start of a line', () => {
    expect(problem('>one\n>two\nthree', 'MarkdownV2')).toBeNull();
  });

  it.each([
    ['Hello!', /"!" at character 6/],
    ['*bold', /never closed/],
    ['text](https://example.org)', /does not start/],
    ['a > b', /">"/],
  ])('reports %s', (text, message) => {
    expect(problem(text, 'MarkdownV2')).toMatch(message);
  });
});

describe('escaping', () => {
  const nasty = 'https://example.org/a_b?x=<1>&y=(2).!*[]~`#+-={}|\\';

  it.each(['HTML', 'MarkdownV2'] as const)('survives parsing as %s', (mode) => {
    const escaped = escapeMarkup(nasty, mode);
    expect(readMarkup(escaped, mode)).toEqual({ visible: nasty, problem: null });
  });

  it('leaves a plain text alone', () => {
    expect(escapeMarkup(nasty, 'none')).toBe(nasty);
    expect(readMarkup('<b> *', 'none')).toEqual({ visible: '<b> *', problem: null });
  });
});
