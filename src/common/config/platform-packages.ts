import { ConfigError } from './config.error.js';
import { configSchema } from './config.schema.js';
import { type Env, EnvReader } from './env.reader.js';

/**
 * The packages that bring further platforms. Read ahead of everything else, because the variables of their platforms are known
 * only when they are loaded.
 * @throws ConfigError
 */
export function readPlatformPackages(env: Env): readonly string[] {
  const reader = new EnvReader(env);
  const names = reader.read(configSchema.platformPackages);
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return names;
}
