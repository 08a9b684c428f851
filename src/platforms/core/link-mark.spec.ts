import { hasMark, withMark } from './link-mark.js';

describe('the mark of a link', () => {
  it.each([
    ['https://a.example', /^https:\/\/a\.example\?post=[0-9a-f]{15}$/],
    ['https://a.example/?', /^https:\/\/a\.example\/\?post=[0-9a-f]{15}$/],
    ['https://a.example/p?q=a%20b+c', /^https:\/\/a\.example\/p\?q=a%20b\+c&post=[0-9a-f]{15}$/],
    ['https://a.example/p?q=1&', /^https:\/\/a\.example\/p\?q=1&post=[0-9a-f]{15}$/],
    ['https://a.example/p#part?', /^https:\/\/a\.example\/p\?post=[0-9a-f]{15}#part\?$/],
  ])('leaves %s as it is beside it', (link, marked) => {
    expect(withMark(link, 'one')).toMatch(marked);
    expect(hasMark(withMark(link, 'one'), 'one')).toBe(true);
  });

  it('is the same for the same commit, and no other has it', () => {
    const link = withMark('https://a.example', 'one');
    expect(withMark('https://a.example', 'one')).toBe(link);
    expect(hasMark(link, 'two')).toBe(false);
    expect(hasMark(null, 'one')).toBe(false);
    expect(hasMark('https://a.example', 'one')).toBe(false);
    expect(hasMark(`https://a.example#?${link.split('?')[1] ?? ''}`, 'one')).toBe(false);
  });
});
