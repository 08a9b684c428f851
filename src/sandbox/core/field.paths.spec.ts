import { undeclaredFields } from './field.paths.js';
import { nestFields } from './form.fields.js';
import { compilePath } from './path.pattern.js';

describe('field paths', () => {
  const allowed = ['text', 'poll.options[]', 'items[].size.width', 'extra.*'];

  it('allows declared paths, their parents and everything below a star', () => {
    const value = {
      text: 'x',
      poll: { options: ['a'] },
      items: [{ size: { width: 1 } }, {}],
      extra: { a: [{ b: 1 }] },
    };
    expect(undeclaredFields(value, allowed)).toEqual([]);
  });

  it('names every other path once', () => {
    const value = {
      txt: 'x',
      poll: { open: true },
      items: [{ size: { height: 1 } }, { size: { height: 2 } }],
    };
    expect(undeclaredFields(value, allowed)).toEqual(['txt', 'poll.open', 'items[].size.height']);
    expect(undeclaredFields({ text: { deep: 1 } }, allowed)).toEqual(['text.deep']);
  });
});

describe('form fields', () => {
  it('nests brackets and keeps the last of a plain name', () => {
    const pairs: [string, string][] = [
      ['a', '1'],
      ['a', '2'],
      ['list[]', 'x'],
      ['list[]', 'y'],
      ['poll[options][]', 'p'],
      ['poll[multiple]', 'true'],
      ['odd]name', 'z'],
    ];
    expect(nestFields(pairs)).toEqual({
      a: '2',
      list: ['x', 'y'],
      poll: { options: ['p'], multiple: 'true' },
      'odd]name': 'z',
    });
  });
});

describe('path patterns', () => {
  it('matches parameters in segments and the rest of a path', () => {
    expect(compilePath('/bot:token/getMe').match('/bot1:ab/getMe')).toEqual({ token: '1:ab' });
    expect(compilePath('/files/:sha256/*rest').match('/files/ab/c/d%20e')).toEqual({
      sha256: 'ab',
      rest: 'c/d e',
    });
    expect(compilePath('/a.b').match('/aXb')).toBeNull();
  });

  it('hides secrets only', () => {
    expect(compilePath('/bot:token/file/:id').redact('/bot1:ab/file/7', ['token'])).toBe('/bot***/file/7');
  });
});
