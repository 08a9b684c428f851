import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { childEnvironment } from '../support/child-environment.js';

/** A server of `test/real/servers` as a child process; it ends with this one. */
export class RealServer<Ready> {
  private constructor(
    readonly ready: Ready,
    private readonly child: ChildProcess,
  ) {}

  static async start<Ready>(file: string): Promise<RealServer<Ready>> {
    const child = fork(path.join(import.meta.dirname, 'servers', file), {
      env: childEnvironment({ NODE_ENV: 'test', LOG_ENABLED: 'false' }),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = once(child, 'close').then(() => {
      throw new Error(`${file} ended before it was ready: ${said}`);
    });
    const [ready] = (await Promise.race([once(child, 'message'), ended])) as [Ready];
    ended.catch(() => undefined);
    return new RealServer(ready, child);
  }

  tell(message: object): void {
    this.child.send(message);
  }

  /** Its answer to a question. */
  async ask<Answer>(): Promise<Answer> {
    const answered = once(this.child, 'message');
    this.child.send({ ask: true });
    const [answer] = (await answered) as [Answer];
    return answer;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill();
    await exited;
  }
}
