import type { Type } from '@nestjs/common';
import {
  ConfigError,
  type ConfigProblem,
  configSchema,
  type Env,
  type PlatformConfigSpec,
  readPlatformPackages,
} from '../common/config/index.js';
import { platformConfigSpecs, platformModules } from './index.js';
import { loadPackage } from './package.loader.js';
import { PackageProblem } from './package.shape.js';

/** The platforms of a process. */
export interface Platforms {
  readonly modules: readonly Type<object>[];
  readonly configSpecs: readonly PlatformConfigSpec[];
}

export const builtInPlatforms: Platforms = { modules: platformModules, configSpecs: platformConfigSpecs };

/**
 * What is built in, and what the configured packages bring. They are looked for from the folder that the process works in, then
 * from Fanfare's own.
 * @throws ConfigError with every problem of every package at once.
 */
export async function installedPlatforms(
  env: Env,
  folders: readonly string[] = [process.cwd(), import.meta.dirname],
): Promise<Platforms> {
  const modules = [...builtInPlatforms.modules];
  const configSpecs = [...builtInPlatforms.configSpecs];
  const owners = new Map(configSpecs.map(({ key }) => [key, 'Fanfare itself']));
  const problems: ConfigProblem[] = [];
  for (const name of readPlatformPackages(env)) {
    try {
      const { module, configSpec } = await loadPackage(name, folders);
      assertFree(configSpec.key, owners);
      owners.set(configSpec.key, `the package ${name}`);
      modules.push(module);
      configSpecs.push(configSpec);
    } catch (error) {
      problems.push(problemOf(name, error));
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { modules, configSpecs };
}

function assertFree(key: string, owners: ReadonlyMap<string, string>): void {
  const owner = owners.get(key);
  if (owner === undefined) return;
  throw new PackageProblem(
    `brings the platform "${key}", which ${owner} brings already`,
    'Take one of the two out of the list, or give the platform another key',
  );
}

function problemOf(name: string, error: unknown): ConfigProblem {
  if (!(error instanceof PackageProblem)) throw error;
  const { key } = configSchema.platformPackages;
  return { key, problem: `the package ${name} ${error.message}`, remedy: error.remedy };
}
