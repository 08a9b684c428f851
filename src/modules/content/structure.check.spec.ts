import { checkLinks, checkStorable } from './structure.check.js';

const base = { text: '', link: null, media: [], thread: [] };

describe('checkLinks', () => {
  it.each(['https://example.org/a?b=c', 'http://example.org', '', null])('takes %p', (link) => {
    expect(checkLinks({ ...base, link }, [])).toEqual([]);
  });

  it.each(['example.org', 'javascript:alert(1)', 'mailto:a@example.org', '//example.org'])(
    'refuses %p',
    (link) => {
      const target = { text: null, link, media: null, thread: null, settings: null };
      expect(checkLinks({ ...base, link }, [target]).map(({ pointer }) => pointer)).toEqual([
        '/link',
        '/targets/0/link',
      ]);
    },
  );
});

describe('checkStorable', () => {
  it('finds what PostgreSQL cannot keep, at any depth', () => {
    const value = { text: 'a\u0000', labels: ['fine', '\ud83d'], metadata: { 'a/b': { deep: '\udc00' } } };
    expect(checkStorable(value).map(({ pointer }) => pointer)).toEqual([
      '/text',
      '/labels/1',
      '/metadata/a~1b/deep',
    ]);
  });

  it('takes every whole character', () => {
    expect(checkStorable({ text: 'Zoë 👩‍👩‍👧 \u202e\n', n: 1, nothing: null })).toEqual([]);
  });

  it('finds keys that cannot be kept', () => {
    expect(checkStorable({ metadata: { '\u0000': 1 } }).map(({ pointer }) => pointer)).toEqual(['/metadata']);
  });
});
