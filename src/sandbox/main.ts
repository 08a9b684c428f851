import { startSandbox } from './sandbox.js';

const DEFAULT_PORT = 4100;

const sandbox = await startSandbox({ port: Number(process.env['SANDBOX_PORT'] ?? DEFAULT_PORT) });

let stopping = false;
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  void sandbox.close().then(() => process.exit(0));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

process.stdout.write(`${JSON.stringify(sandbox.info())}\n`);
