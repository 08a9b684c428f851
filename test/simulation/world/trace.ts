import { createHash } from 'node:crypto';

/** Everything that happened, in order. Two runs of a seed have the same hash. */
export class Trace {
  readonly lines: string[] = [];
  private readonly hashing = createHash('sha256');

  constructor(private readonly time: () => number) {}

  add(line: string): void {
    const text = `${String(this.time()).padStart(9)} ${line}`;
    this.hashing.update(`${text}\n`);
    this.lines.push(text);
  }

  get hash(): string {
    return this.hashing.copy().digest('hex');
  }
}
