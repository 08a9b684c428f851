import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Table = 'kind' | 'fault';
type Cells = Record<Table, Record<string, string>>;

const titles: Record<Table, string> = { kind: 'Kinds of post', fault: 'Faults' };
/** Made when the run begins, and gone when it has ended. */
const folder = process.env['FANFARE_TEST_REPORTS'] ?? '';

/** What became of each kind and each fault. The file that ends last prints the tables over all platforms. */
export class ContractReport {
  private readonly cells: Cells = { kind: {}, fault: {} };

  constructor(
    private readonly key: string,
    /** Platforms that have a file; one that runs alone prints alone. */
    private readonly keys: readonly string[],
  ) {}

  note(table: Table, name: string, outcome: string): void {
    this.cells[table][name] = outcome;
  }

  finish(): void {
    writeFileSync(path.join(folder, `${this.key}.json`), JSON.stringify(this.cells));
    const reports = new Map(
      readdirSync(folder).map((name) => [path.basename(name, '.json'), read(path.join(folder, name))]),
    );
    const isWhole = this.keys.every((key) => reports.has(key));
    const shown = isWhole ? reports : new Map([[this.key, this.cells]]);
    process.stdout.write(`${print('kind', shown)}\n${print('fault', shown)}\n`);
  }
}

function read(file: string): Cells {
  return JSON.parse(readFileSync(file, 'utf8')) as Cells;
}

function print(table: Table, reports: ReadonlyMap<string, Cells>): string {
  const names = [...new Set([...reports.values()].flatMap((cells) => Object.keys(cells[table])))].sort();
  const columns = [...reports.keys()].sort();
  const rows = names.map((name) => [name, ...columns.map((key) => reports.get(key)?.[table][name] ?? '–')]);
  const lines = [[titles[table], ...columns], ...rows];
  const widths =
    lines[0]?.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? '').length))) ?? [];
  const format = (line: readonly string[]): string =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return ['', ...lines.map(format)].join('\n');
}
