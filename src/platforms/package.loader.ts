import { createRequire } from 'node:module';
import path from 'node:path';
import { isRecord } from './core/index.js';
import { type PlatformKit, platformKit } from './package.kit.js';
import { type PackagedPlatform, PackageProblem, readPlatform } from './package.shape.js';

type MakePlatform = (kit: PlatformKit) => unknown;

/**
 * Loads a package from the first of the folders that sees it, as a program in that folder would, and has it make its platform.
 * @throws PackageProblem
 */
export async function loadPackage(name: string, folders: readonly string[]): Promise<PackagedPlatform> {
  const make = makerOf(load(name, folders));
  let answer: unknown;
  try {
    answer = await make(platformKit);
  } catch (error) {
    throw new PackageProblem(
      `has failed while it made its platform: ${messageOf(error)}`,
      'Ask its author, or take a version that fits this Fanfare',
    );
  }
  return readPlatform(answer);
}

function load(name: string, folders: readonly string[]): unknown {
  for (const folder of folders) {
    const requireFrom = createRequire(path.join(folder, 'package.json'));
    const entry = entryOf(requireFrom, name);
    if (entry === null) continue;
    try {
      return requireFrom(entry);
    } catch (error) {
      throw new PackageProblem(
        `cannot be loaded: ${messageOf(error)}`,
        'Install it again with all it needs; if that does not help, ask its author',
      );
    }
  }
  throw new PackageProblem(
    'is not installed',
    `Run npm install ${name} in ${folders[0] ?? '.'}, or take it out of the list`,
  );
}

/** Null: not seen from there. */
function entryOf(requireFrom: NodeJS.Require, name: string): string | null {
  try {
    const entry = requireFrom.resolve(name);
    // What comes with Node goes by a name without a folder.
    return path.isAbsolute(entry) ? entry : null;
  } catch (error) {
    if (!isRecord(error) || error['code'] === 'MODULE_NOT_FOUND') return null;
    throw new PackageProblem(
      `is installed but opens no door: ${messageOf(error)}`,
      'Its package.json has to say "exports": "./index.js", or "main"',
    );
  }
}

function makerOf(exported: unknown): MakePlatform {
  const made = isRecord(exported) ? exported['default'] : exported;
  if (isMaker(made)) return made;
  throw new PackageProblem(
    'does not export a function as its default',
    'It has to export default (kit) => ({ module, configSpec })',
  );
}

function isMaker(value: unknown): value is MakePlatform {
  return typeof value === 'function';
}

/** One line, for a list of problems. */
function messageOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.trim();
}
