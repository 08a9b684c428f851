import { PreconditionFailedError } from '../../common/errors/index.js';

export function entityTagOf(revision: number): string {
  return `"${revision}"`;
}

/** The revision that If-Match asks for; null: none, or `*`. Throws PreconditionFailedError for what cannot be ours. */
export function revisionOf(ifMatch: string | undefined): number | null {
  const given = ifMatch?.trim() ?? '';
  if (given === '' || given === '*') return null;
  const revision = /^"(\d{1,9})"$/.exec(given)?.[1];
  if (revision !== undefined) return Number(revision);
  throw new PreconditionFailedError('If-Match is none of our ETags: they look like "3", with the quotes.');
}
