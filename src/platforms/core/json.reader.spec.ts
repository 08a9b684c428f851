import { flagAt, isRecord, listAt, numberAt, recordAt, textAt, textsAt } from './json.reader.js';

const answer: unknown = JSON.parse(
  '{"a":{"b":["x",{"c":"deep"},3]},"n":2,"inf":"1","yes":true,"none":null,"list":["p",1,"q"]}',
);

describe('json.reader', () => {
  it('follows a path of names and indexes', () => {
    expect(textAt(answer, 'a', 'b', 1, 'c')).toBe('deep');
    expect(recordAt(answer, 'a')).toHaveProperty('b');
    expect(numberAt(answer, 'n')).toBe(2);
    expect(flagAt(answer, 'yes')).toBe(true);
    expect(listAt(answer, 'a', 'b')).toHaveLength(3);
    expect(textsAt(answer, 'list')).toEqual(['p', 'q']);
  });

  it('reads null where the type differs or nothing stands', () => {
    expect(textAt(answer, 'n')).toBeNull();
    expect(numberAt(answer, 'inf')).toBeNull();
    expect(recordAt(answer, 'none')).toBeNull();
    expect(textAt(answer, 'none', 'x')).toBeNull();
    expect(listAt(answer, 'a')).toBeNull();
    expect(textsAt(undefined, 'a')).toEqual([]);
  });

  it('does not read what an object inherits', () => {
    expect(recordAt(answer, '__proto__')).toBeNull();
    expect(isRecord([])).toBe(false);
  });
});
