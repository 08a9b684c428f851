import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { renderEnvExample } from '../common/config/index.js';
import { type Command, CommandError, UsageError } from './command.js';
import { renderMediaDocument } from './media.document.js';
import { renderOpenApi } from './openapi.document.js';

/** A file that is generated: printed, written, or compared with what lies there. */
async function generated(render: () => Promise<string>, args: readonly string[]): Promise<readonly string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: { check: { type: 'string' }, write: { type: 'string' } },
    strict: false,
  });
  const text = await render();
  if (typeof values.write === 'string') {
    await mkdir(path.dirname(values.write), { recursive: true });
    await writeFile(values.write, text);
    return [`Wrote ${values.write}.`];
  }
  if (typeof values.check === 'string') return compare(text, values.check);
  if (args.length > 0) throw new UsageError('Give --check <file>, --write <file>, or nothing.');
  return [text.trimEnd()];
}

async function compare(text: string, file: string): Promise<readonly string[]> {
  const kept = await readFile(file, 'utf8');
  if (kept === text) return [`${file} is as the program says.`];
  const [keptLines, lines] = [kept.split('\n'), text.split('\n')];
  const at = lines.findIndex((line, index) => line !== keptLines[index]);
  throw new CommandError(
    [
      `${file} is not what the program says, first in line ${at + 1}:`,
      `  file:    ${keptLines[at] ?? '(ends)'}`,
      `  program: ${lines[at] ?? '(ends)'}`,
      `Write it again with --write ${file}, and look at what has changed.`,
    ].join('\n'),
  );
}

export const documentCommands: readonly Command[] = [
  {
    name: 'openapi',
    takes: '[--check <file> | --write <file>]',
    does: 'The OpenAPI document.',
    run: (args) => generated(renderOpenApi, args),
  },
  {
    name: 'media-table',
    takes: '[--check <file> | --write <file>]',
    does: 'What is done to a file for each platform.',
    run: (args) => generated(renderMediaDocument, args),
  },
  {
    name: 'env-example',
    takes: '[--check <file> | --write <file>]',
    does: 'Every variable, with its default.',
    run: (args) => generated(() => Promise.resolve(renderEnvExample()), args),
  },
];
