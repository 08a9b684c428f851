import { encodeTid, firstTid, newTid } from './tid.js';

describe('tid', () => {
  it('has 13 characters of the sortable alphabet and starts below k', () => {
    for (const at of ['2026-01-01T00:00:00Z', '2200-06-01T12:00:00Z', '1970-01-01T00:00:00Z']) {
      expect(newTid(new Date(at))).toMatch(/^[2-7a-j][2-7a-z]{12}$/);
    }
  });

  it('encodes what the reference implementation encodes', () => {
    expect(encodeTid(0n, 0)).toBe('2222222222222');
    expect(encodeTid(0n, 31)).toBe('222222222222z');
    expect(encodeTid(1n, 0)).toBe('2222222222322');
  });

  it('sorts by time, whatever the random part says', () => {
    const keys = Array.from({ length: 200 }, (_, index) => newTid(new Date(1_767_225_600_000 + index)));
    expect([...keys].sort()).toEqual(keys);
  });

  it('sorts after the first key of its time and before that of the next millisecond', () => {
    const at = new Date('2026-01-01T00:00:00Z');
    const key = newTid(at);
    expect(key >= firstTid(at)).toBe(true);
    expect(key < firstTid(new Date(at.getTime() + 1))).toBe(true);
  });

  it('differs between two keys of one millisecond', () => {
    const at = new Date('2026-01-01T00:00:00Z');
    expect(new Set(Array.from({ length: 50 }, () => newTid(at))).size).toBeGreaterThan(45);
  });
});
