import { isRecord, numberAt, recordAt, textAt, type JsonObject } from '../core/index.js';
import { buildFacets, findStretches, isHandle, mentionedHandles } from './facets.js';

/** What the bytes that a facet names really say. */
function read(text: string, facet: JsonObject): string {
  const start = numberAt(facet, 'index', 'byteStart') ?? -1;
  return Buffer.from(text, 'utf8')
    .subarray(start, numberAt(facet, 'index', 'byteEnd') ?? -1)
    .toString('utf8');
}

describe('buildFacets', () => {
  it('counts in UTF-8 bytes behind emoji, umlauts and CJK', () => {
    const text = '👩‍👩‍👧‍👦 Grüße 漢字 https://example.com/ä #müsli @anna.bsky.social';
    const facets = buildFacets(text, { 'anna.bsky.social': 'did:plc:anna' });
    expect(facets.map((facet) => read(text, facet))).toEqual([
      'https://example.com/ä',
      '#müsli',
      '@anna.bsky.social',
    ]);
    expect(numberAt(facets[0], 'index', 'byteStart')).toBe(25 + 1 + 7 + 1 + 6 + 1);
    expect(recordAt(facets[2], 'features', 0)).toEqual({
      $type: 'app.bsky.richtext.facet#mention',
      did: 'did:plc:anna',
    });
    expect(textAt(facets[1], 'features', 0, 'tag')).toBe('müsli');
  });

  it('leaves a mention without a DID as text', () => {
    expect(buildFacets('hi @nobody.example.com', {})).toEqual([]);
  });

  it('never points outside the text and never overlaps', () => {
    const text = '(https://a.example/b_(c)), #x#y @a.b.c. #漢字。 https://a.example/@me.example.com#tag';
    const facets = buildFacets(text, { 'a.b.c': 'did:plc:abc' });
    let last = 0;
    for (const facet of facets) {
      const start = numberAt(facet, 'index', 'byteStart') ?? -1;
      const end = numberAt(facet, 'index', 'byteEnd') ?? -1;
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThan(start);
      last = end;
    }
    expect(last).toBeLessThanOrEqual(Buffer.byteLength(text));
    expect(facets.every(isRecord)).toBe(true);
  });
});

describe('findStretches', () => {
  it.each([
    ['see https://example.com/a.', 'https://example.com/a'],
    ['(https://example.com/a)', 'https://example.com/a'],
    ['https://en.wikipedia.org/wiki/A_(b)', 'https://en.wikipedia.org/wiki/A_(b)'],
    ['„https://example.com/?q=1&r=2!”', 'https://example.com/?q=1&r=2'],
    ['HTTPS://EXAMPLE.COM', 'HTTPS://EXAMPLE.COM'],
  ])('finds the link of %s', (text, link) => {
    expect(findStretches(text)).toMatchObject([{ kind: 'link', uri: link }]);
  });

  it.each([
    ['#one, #two!', ['one', 'two']],
    ['#2026 #️⃣ # #', []],
    ['#a1 x#no', ['a1']],
    [`#${'x'.repeat(65)}`, []],
  ])('finds the tags of %s', (text, tags) => {
    expect(findStretches(text).map((stretch) => (stretch.kind === 'tag' ? stretch.tag : ''))).toEqual(tags);
  });

  it('finds mentions by handle, each once, and no mail addresses', () => {
    expect(mentionedHandles('@Anna.test @anna.test me@mail.example @x @1.2')).toEqual(['anna.test']);
  });
});

describe('isHandle', () => {
  it.each(['anna.bsky.social', 'a-b.example', 'xn--bcher-kva.example'])('takes %s', (handle) => {
    expect(isHandle(handle)).toBe(true);
  });
  it.each(['anna', '-a.example', 'a..b', '1.2.3.4', `${'a'.repeat(64)}.example`])('refuses %s', (handle) => {
    expect(isHandle(handle)).toBe(false);
  });
});
