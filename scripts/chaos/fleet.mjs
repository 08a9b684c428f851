import { createServer } from 'node:net';
import { EngineProcess } from './engine-process.mjs';

const PLACES = [
  ['api', 'api'],
  ['worker-1', 'worker'],
  ['worker-2', 'worker'],
  ['scheduler', 'scheduler'],
];
/** Longer than the grace that the engine gives to calls under way. */
const PATIENCE_MS = 30_000;

/** The processes of the installation: one API, two workers, one scheduler. */
export class Fleet {
  /** @param {EngineProcess[]} processes */
  constructor(processes) {
    this.processes = processes;
    this.api = processes.find(({ role }) => role === 'api');
    /** Those that may be killed. */
    this.mortal = processes.filter(({ role }) => role !== 'api');
    /** Those that publish. */
    this.workers = processes.filter(({ role }) => role === 'worker');
  }

  /**
   * @param {NodeJS.ProcessEnv} env
   * @param {{ entry: string, logOf: (name: string) => string }} files
   */
  static async create(env, { entry, logOf }) {
    const ports = await freePorts(PLACES.length);
    // Platforms that fetch media by themselves fetch them from the API, which nobody kills.
    const shared = { ...env, PUBLIC_URL: `http://127.0.0.1:${ports[0]}` };
    return new Fleet(
      PLACES.map(
        ([name, role], index) =>
          new EngineProcess({ name, role, port: ports[index], env: shared, entry, log: logOf(name) }),
      ),
    );
  }

  /** @param {AbortSignal} signal */
  async start(signal) {
    for (const process of this.processes) process.start();
    await this.ready(signal);
  }

  /** Resolves when every process serves and none is suspended. @param {AbortSignal} signal */
  async ready(signal) {
    await Promise.all(this.processes.map((process) => process.resumed()));
    await Promise.all(this.processes.map((process) => process.ready(signal)));
  }

  /**
   * Some die at the same moment, as when their machine loses its power, and stay down while something is done.
   * @param {EngineProcess[]} processes
   * @param {() => Promise<void>} work
   */
  async whileDown(processes, work) {
    await Promise.all(processes.map((process) => process.knockOut()));
    await work();
    for (const process of processes) process.start();
  }

  /** As an operator stops them: open calls are ended and told to the ledger. */
  async stop() {
    await Promise.all(this.processes.map((process) => process.stop(PATIENCE_MS)));
  }

  async abandon() {
    await Promise.all(this.processes.map((process) => process.stop(0)));
  }
}

/** All at once, so that none is given twice. */
async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listen() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => resolve(server));
  });
}
