import { builtPath } from './build.mjs';
import { Child } from './child.mjs';

const PATIENCE_MS = 5_000;

/**
 * Starts the simulated platforms and asks them for the environment that points the engine at them.
 * @param {import('./parts.mjs').Parts} parts
 * @param {NodeJS.ProcessEnv} env SANDBOX_PORT: 0 takes free ports
 */
export async function startSandbox(parts, env) {
  const child = new Child('sandbox', builtPath('src/sandbox/main.js'), {
    env: sandboxOnly(env),
    stdout: 'pipe',
  });
  parts.child(child, PATIENCE_MS);
  const { sandbox: url } = JSON.parse(await child.firstLine());
  const response = await fetch(`${url}/_sandbox/env`, { headers: { accept: 'application/json' } });
  const environment = await response.json();
  const networks = [env.FANFARE_ALLOW_ADDRESSES, environment.FANFARE_ALLOW_ADDRESSES].filter(Boolean);
  return { url, environment: { ...environment, FANFARE_ALLOW_ADDRESSES: networks.join(',') } };
}

/** The sandbox is the outside world: it sees none of our secrets. */
function sandboxOnly(env) {
  const ours = /^(DATABASE_|REDIS_|S3_|FANFARE_|PLATFORM_)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
}
