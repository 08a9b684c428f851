import { cleanFileName } from './file-name.js';

describe('cleanFileName', () => {
  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\anna\\cat.png', 'cat.png'],
    ['a"b\r\nSet-Cookie: x.png', 'abSet-Cookie: x.png'],
    ['', 'file'],
    ['..', 'file'],
    [undefined, 'file'],
    ['Zoë 👩‍👧.png', 'Zoë 👩‍👧.png'],
  ])('makes %p %p', (given, clean) => {
    expect(cleanFileName(given)).toBe(clean);
  });

  it('keeps the end of a long name, without half a character', () => {
    const name = cleanFileName(`${'x'.repeat(50)}${'😀'.repeat(98)}.jpeg`);
    expect(name.endsWith('.jpeg')).toBe(true);
    expect(name.length).toBeLessThanOrEqual(200);
    expect(/\p{Surrogate}/u.test(name)).toBe(false);
  });
});
