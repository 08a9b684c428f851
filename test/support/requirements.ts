import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Programs that some tests need and that not every machine has, with the names they go by. */
const PROGRAMS = {
  redis: ['redis-server', 'valkey-server'],
  ffmpeg: ['ffmpeg'],
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
} as const;

export type Requirement = keyof typeof PROGRAMS;

/** Folder with the platforms' own descriptions of their APIs. They belong to the platforms and are no part of this project. */
export function platformSpecs(): string | undefined {
  const folder = process.env['FANFARE_PLATFORM_SPECS'];
  return folder === undefined || folder === '' ? undefined : folder;
}

/** Where the program lies; undefined when this machine has none. */
export function findProgram(requirement: Requirement): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = folders.flatMap((folder) =>
    PROGRAMS[requirement].map((name) => path.join(folder, name)),
  );
  return candidates.find(isExecutable);
}

/**
 * `describe` for tests that need a program. Without it they are left out, and the title says why; where FANFARE_TEST_REQUIRE
 * names it (as .ci/run does), leaving out is a failure.
 */
export function describeWith(requirement: Requirement, title: string, body: () => void): void {
  const missing =
    findProgram(requirement) === undefined ? `${PROGRAMS[requirement][0]} is not installed` : null;
  describeUnless(missing, { requirement, title, body });
}

/** The same for the platforms' own descriptions (`platform-specs`). */
export function describeWithSpecs(title: string, body: () => void): void {
  const missing = platformSpecs() === undefined ? 'FANFARE_PLATFORM_SPECS names no folder' : null;
  describeUnless(missing, { requirement: 'platform-specs', title, body });
}

function describeUnless(
  missing: string | null,
  { requirement, title, body }: { requirement: string; title: string; body: () => void },
): void {
  if (missing === null) {
    describe(title, body);
    return;
  }
  if (required().has(requirement)) {
    it(`${title}: ${missing}`, () => {
      throw new Error(`FANFARE_TEST_REQUIRE asks for ${requirement}, but ${missing}`);
    });
    return;
  }
  describe.skip(`${title} [left out: ${missing}]`, body);
}

function required(): ReadonlySet<string> {
  return new Set((process.env['FANFARE_TEST_REQUIRE'] ?? '').split(',').map((name) => name.trim()));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
