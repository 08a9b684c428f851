// The command line on the database of this installation: the one that DATABASE_URL names, or the embedded one, which is
// started for the command if `npm start` does not run.
import { builtPath, ensureBuilt } from './lib/build.mjs';
import { Child } from './lib/child.mjs';
import { findDatabase, migrate, readEnvironment, startDatabase } from './lib/database.mjs';
import { ensureInstalled } from './lib/install.mjs';

const WITHOUT_DATABASE = new Set(['openapi', 'env-example', 'help', '--help', undefined]);

const say = (line) => console.error(`fanfare: ${line}`);

async function runCli(args, env) {
  const child = new Child('command', builtPath('src/cli.js'), { args, env });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.process.kill(signal));
  await child.ended;
  process.exitCode = child.process.exitCode ?? 1;
}

async function main(args) {
  await ensureInstalled();
  await ensureBuilt();
  const env = await readEnvironment();
  if (args.join(' ') === 'db roles' && !env.DATABASE_URL) {
    say('the embedded PostgreSQL has its roles from its first start on; nothing to do');
    return;
  }
  const found = WITHOUT_DATABASE.has(args[0]) ? env : await findDatabase(env);
  if (found) return runCli(args, found);
  const database = await startDatabase(env, say);
  try {
    await migrate(database.env);
    await runCli(args, database.env);
  } finally {
    await database.stop();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
