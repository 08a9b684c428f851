import { readSince, sinceOf, type Listed, type ListPage } from './list-since.js';

const since = Date.parse('2026-11-22T10:00:00Z');

function entry(id: string, minutes: number): Listed {
  return { id, createdAt: new Date(since + minutes * 60_000) };
}

/** Pages by their number, and which of them were read. */
function listOf(...pages: readonly (readonly Listed[])[]) {
  const asked: (number | null)[] = [];
  const read = (after: number | null): Promise<ListPage<Listed, number>> => {
    asked.push(after);
    const no = after ?? 0;
    return Promise.resolve({ items: pages[no] ?? [], after: no + 1 < pages.length ? no + 1 : null });
  };
  return { read, asked };
}

const nobodys = { isTaken: () => Promise.resolve(false) };
const ids = ({ candidates }: { candidates: readonly Listed[] }): string[] => candidates.map(({ id }) => id);

describe('a list since a call', () => {
  it('begins with what is oldest, and goes no further than to what is older than the call', async () => {
    const list = listOf([entry('d', 4), entry('c', 3)], [entry('b', 0), entry('a', -1)], [entry('0', -2)]);
    const window = await readSince(nobodys, { since, maxPages: 9, read: list.read });
    expect(window).toMatchObject({ complete: true, pages: 2 });
    expect(ids(window)).toEqual(['b', 'c', 'd']);
    expect(list.asked).toEqual([null, 1]);
  });

  it('is complete at its end', async () => {
    const list = listOf([entry('b', 2)], [entry('a', 1)]);
    const window = await readSince(nobodys, { since, maxPages: 2, read: list.read });
    expect(window).toMatchObject({ complete: true, pages: 2 });
    expect(ids(window)).toEqual(['a', 'b']);
  });

  it('is not complete where it goes on behind the pages that are read', async () => {
    const list = listOf([entry('c', 3)], [entry('b', 2)], [entry('a', 1)]);
    const window = await readSince(nobodys, { since, maxPages: 2, read: list.read });
    expect(window).toMatchObject({ complete: false, pages: 2 });
    expect(ids(window)).toEqual(['b', 'c']);
  });

  it('without an order is read to its end, whatever is older on the way', async () => {
    const list = listOf([entry('b', 2), entry('old', -5)], [entry('c', 3), entry('a', 1)]);
    const window = await readSince(nobodys, { since, maxPages: 9, read: list.read, newestFirst: false });
    expect(window).toMatchObject({ complete: true, pages: 2 });
    expect(ids(window)).toEqual(['a', 'b', 'c']);
  });

  it('leaves out what another publication owns, and asks that only of what could be ours', async () => {
    const asked: string[] = [];
    const isTaken = (id: string): Promise<boolean> => {
      asked.push(id);
      return Promise.resolve(id === 'b');
    };
    const { read } = listOf([entry('c', 3), entry('b', 2), entry('a', 1)]);
    const window = await readSince(
      { isTaken },
      { since, maxPages: 9, read, couldBe: ({ id }) => id !== 'c' },
    );
    expect(ids(window)).toEqual(['a']);
    expect(asked).toEqual(['b', 'a']);
  });

  it('keeps the order of the list among what was made at the same moment', async () => {
    const { read } = listOf([entry('second', 1), entry('first', 1)]);
    expect(ids(await readSince(nobodys, { since, maxPages: 1, read }))).toEqual(['first', 'second']);
  });

  it('begins earlier by as much as the clock of the platform may be behind', () => {
    const commit = {
      ...{ key: 'part:0', calls: 1, forgotten: false, deadlineAt: new Date(since) },
      ...{ firstStartedAt: new Date(since), lastStartedAt: new Date(since + 1_000) },
    };
    const reconcile = { settleMs: 0, absentAfterLooks: 1, holdsKey: false, clockToleranceMs: 5_000 } as const;
    expect(sinceOf(commit, { reconcile })).toBe(since - 5_000);
  });
});
