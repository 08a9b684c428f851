import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childEnvironment } from './child-environment.js';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

const program = createRequire(path.resolve('package.json')).resolve('s3rver/bin/s3rver.js');
const bucket = 'media';

/** s3rver in a process of its own, with one bucket, on the loopback address. */
export class S3Server {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<S3Server> {
    const directory = mkdtempSync(path.join(tmpdir(), 'fanfare-test-s3-'));
    const port = await freePort();
    const given = [
      '-a',
      '127.0.0.1',
      '-p',
      String(port),
      '-d',
      directory,
      '--configure-bucket',
      bucket,
      '-s',
    ];
    const child = spawn(process.execPath, [program, ...given], { stdio: 'ignore', env: childEnvironment() });
    const server = new S3Server(child, directory, port);
    await eventually(() => server.answers());
    return server;
  }

  get env(): Record<string, string> {
    return {
      S3_ENDPOINT: `http://127.0.0.1:${this.port}`,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
      S3_PREFIX: 'fanfare/',
    };
  }

  /** Keys of all objects, without the prefix. */
  keys(): string[] {
    const folder = path.join(this.directory, bucket);
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('._S3rver_object'))
      .map((name) => name.replace(/^fanfare\//, '').replace(/[.]_S3rver_object$/, ''));
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
    rmSync(this.directory, { recursive: true, force: true });
  }

  private answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  }
}
