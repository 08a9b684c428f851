import { isLast, parseContentRange } from './content.range.js';

describe('the range of a PUT', () => {
  it('is a question, or bytes of a whole that may be unknown', () => {
    expect(parseContentRange('bytes */10')).toEqual({ kind: 'probe', total: 10 });
    expect(parseContentRange('bytes */*')).toEqual({ kind: 'probe', total: null });
    expect(parseContentRange('bytes 0-4/10')).toEqual({ kind: 'bytes', first: 0, last: 4, total: 10 });
    expect(parseContentRange('bytes 0-4/*')).toEqual({ kind: 'bytes', first: 0, last: 4, total: null });
  });

  it.each(['', 'bytes', '0-4/10', 'bytes 5-4/10', 'bytes 5-10/10', 'bytes 0-4'])('is not %j', (written) => {
    expect(parseContentRange(written)).toBeNull();
  });

  it('is the last one at the end of the whole, or without a header', () => {
    expect(isLast(undefined)).toBe(true);
    expect(isLast('bytes 5-9/10')).toBe(true);
    expect(isLast('bytes 0-4/10')).toBe(false);
    expect(isLast('bytes 0-4/*')).toBe(false);
    expect(isLast('bytes */10')).toBe(false);
  });
});
