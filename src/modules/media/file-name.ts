const maxLength = 200;

/** The last part of a name that a client sent, without what no file name needs. It is shown and sent, never used as a path. */
export function cleanFileName(given: string | undefined): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replaceAll(/[\p{Cc}\p{Surrogate}"]/gu, '')
    .trim()
    .slice(-maxLength)
    .replace(/^\p{Surrogate}/u, '');
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean;
}
