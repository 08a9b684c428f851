import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rulesFor, type MediaKind, type PlatformDescriptor } from '../../../src/platforms/core/index.js';
import type { Kind } from './profile.js';

/** What one kind of post was seen to do. */
export interface SeenKind {
  readonly kind: Kind;
  /** Of the publisher, as the ledger has them. */
  readonly commits: readonly string[];
  /** Of the simulator, after which people could see something. */
  readonly operations: readonly string[];
  /** `published`, or the code with which the platform has refused it. */
  readonly outcome: string;
}

const root = path.resolve(import.meta.dirname, '../../..');
const head = ['kind', 'publisher commits', 'simulator is asked for', 'preflight allows', 'contract test'];
const howToWrite = (key: string): string =>
  `FANFARE_WRITE_KINDS=1 npx jest --selectProjects contract --testPathPatterns contract/${key}`;

/** The table of a platform's kinds: what its capabilities and settings promise, and the run that has shown it. */
export async function kindTable(descriptor: PlatformDescriptor, seen: readonly SeenKind[]): Promise<string> {
  const promises = [...new Set(seen.flatMap(({ kind }) => kind.keeps))].sort();
  const rows: string[][] = [];
  for (const promise of promises) {
    const shown = seen.filter(({ kind }) => kind.keeps.includes(promise));
    const allowed = await Promise.all(shown.map(({ kind }) => allowances(descriptor, kind)));
    rows.push([
      promise,
      listed(shown.flatMap(({ commits }) => commits.map(code))),
      listed(shown.flatMap(({ operations }) => operations.map(code))),
      listed(allowed.flat()),
      listed(
        shown.map(({ kind, outcome }) => (outcome === 'published' ? kind.name : `${kind.name}: ${outcome}`)),
      ),
    ]);
  }
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const text = [
    `# Kinds of post: ${descriptor.name}`,
    `Written by the contract suite from what it has seen (\`${howToWrite(descriptor.key)}\`); the suite fails when it is out of date.`,
    [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'),
  ].join('\n\n');
  return `${text}\n`;
}

/** The file as it lies there. Written first where the run is told to. */
export function keptTable(key: string, table: string): string {
  const file = fileOf(key);
  if (process.env['FANFARE_WRITE_KINDS'] === '1') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, table);
  }
  return existsSync(file) ? readFileSync(file, 'utf8') : `missing; write it: ${howToWrite(key)}`;
}

function fileOf(key: string): string {
  return path.join(root, 'docs/kinds', `${key}.md`);
}

/** What the rules that hold for the draft allow at most. */
async function allowances({ capabilities }: PlatformDescriptor, { draft }: Kind): Promise<string[]> {
  const files = await Promise.all([
    ...(draft.media ?? []),
    ...(draft.thread ?? []).flatMap((part) => part.media ?? []),
  ]);
  const { text, media, maxThreadParts } = rulesFor(capabilities, {
    media: files.slice(0, draft.media?.length ?? 0),
    settings: draft.settings ?? {},
  });
  const limits = (files.length > 0 ? text.limitsWithMedia : undefined) ?? text.limits;
  const kinds = new Set<MediaKind>(files.map(({ kind }) => kind));
  return [
    ...limits.map(({ max, unit }) => `${max} ${unit}`),
    ...media.limits.filter(({ kind }) => kinds.has(kind)).map(({ kind, maxItems }) => `${maxItems} ${kind}`),
    ...(draft.thread === undefined ? [] : [`${maxThreadParts} further parts`]),
  ];
}

const code = (name: string): string => `\`${name}\``;

/** Never blank. */
const listed = (cells: readonly string[]): string => [...new Set(cells)].join('; ') || 'nothing';
