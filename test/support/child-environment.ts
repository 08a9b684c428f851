const NEEDED = ['PATH', 'HOME', 'TMPDIR', 'LANG'];

/** For a process that a test starts: what every program needs and what the test says, nothing that the developer has set. */
export function childEnvironment(own: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = NEEDED.flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(inherited), ...own };
}
