/** What a PUT to an upload session brings: a question for the state, or bytes of a range. */
export type ContentRange =
  | { readonly kind: 'probe'; readonly total: number | null }
  | { readonly kind: 'bytes'; readonly first: number; readonly last: number; readonly total: number | null };

/** Null: written wrongly. A star stands for a total that is not known yet. */
export function parseContentRange(written: string): ContentRange | null {
  const [, range = '', whole = ''] = /^bytes (\*|\d+-\d+)\/(\*|\d+)$/.exec(written.trim()) ?? [];
  if (range === '') return null;
  const total = whole === '*' ? null : Number(whole);
  if (range === '*') return { kind: 'probe', total };
  const [first = 0, last = 0] = range.split('-').map(Number);
  if (last < first || (total !== null && last >= total)) return null;
  return { kind: 'bytes', first, last, total };
}

/** Whether nothing comes after it: the whole file, or the range at its end. */
export function isLast(written: string | undefined): boolean {
  if (written === undefined) return true;
  const range = parseContentRange(written);
  return range?.kind === 'bytes' && range.total !== null && range.last === range.total - 1;
}
