import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CRUISER = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

export interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

/** A tree like ours with nothing in it but the given imports, and what the walls say about it. */
export async function violationsOf(imports: readonly { from: string; to: string }[]): Promise<Violation[]> {
  const tree = await mkdtemp(path.join(tmpdir(), 'fanfare-walls-'));
  try {
    for (const file of ['package.json', 'tsconfig.json'])
      await cp(path.join(ROOT, file), path.join(tree, file));
    await symlink(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
    for (const { from, to } of imports) await plant(tree, from, to);
    return await cruise(tree);
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

async function plant(tree: string, from: string, to: string): Promise<void> {
  await write(tree, from, `import '${specifier(from, to)}';\n`);
  if (to.endsWith('.ts')) await write(tree, to, 'export {};\n');
}

function specifier(from: string, to: string): string {
  if (!to.endsWith('.ts')) return to;
  const relative = path.relative(path.dirname(from), to).replace(/\.ts$/, '.js');
  return relative.startsWith('.') ? relative : `./${relative}`;
}

async function write(tree: string, file: string, text: string): Promise<void> {
  await mkdir(path.join(tree, path.dirname(file)), { recursive: true });
  await appendFile(path.join(tree, file), text);
}

async function cruise(tree: string): Promise<Violation[]> {
  for (const folder of ['src', 'migrations']) await mkdir(path.join(tree, folder), { recursive: true });
  await writeFile(path.join(tree, 'migrations/index.ts'), 'export {};\n');
  const config = path.join(ROOT, '.dependency-cruiser.mjs');
  const args = [CRUISER, '--config', config, '--output-type', 'json', 'src', 'migrations'];
  const report = await output(args, tree);
  return parseViolations(JSON.parse(report));
}

/** The cruiser ends with the number of violations as its code: they are what is asked for. */
function output(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(stdout);
      else reject(new Error(`dependency-cruiser failed: ${stderr}`, { cause: error }));
    });
  });
}

function parseViolations(report: unknown): Violation[] {
  const isReport = (value: unknown): value is { summary: { violations: Violation[] } } =>
    typeof value === 'object' && value !== null && 'summary' in value;
  if (!isReport(report)) throw new Error('dependency-cruiser has answered something else than a report');
  return report.summary.violations;
}
