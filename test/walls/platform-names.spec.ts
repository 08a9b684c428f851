import path from 'node:path';
import { platformNames, platformNamesIn, read, typescriptFiles } from './platform-names.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

describe('platform names', () => {
  // A spec may use a real platform as its example; what ships may not.
  const files = ['src/modules', 'src/api']
    .flatMap((folder) => typescriptFiles(ROOT, folder))
    .filter((file) => !file.endsWith('.spec.ts'));

  it('do not appear in modules and API', () => {
    const names = platformNames(ROOT);
    const found = files.flatMap((file) =>
      platformNamesIn(read(ROOT, file), names).map((name) => `${file}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    [`if (platform === 'x')`, ['x']],
    [`throw new Failure("email.refused")`, ['email']],
    ['class BlueskyRetry {}', ['bluesky']],
    ['const GOOGLE_BUSINESS_URL = 1;', ['google-business']],
    ['const x = threads.email;', []],
  ])('are found in %s', (text, expected) => {
    expect(platformNamesIn(text, ['bluesky', 'x', 'email', 'threads', 'google-business'])).toEqual(expected);
  });
});
