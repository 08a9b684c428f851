import { type Command, UsageError } from './cli/command.js';
import { databaseCommands } from './cli/database.commands.js';
import { documentCommands } from './cli/document.commands.js';
import { keyCommands } from './cli/key.commands.js';
import { mediaCommands } from './cli/media.commands.js';
import { restoreCommands } from './cli/restore.commands.js';
import { explainStartFailure } from './start-failure.js';

const commands: readonly Command[] = [
  ...documentCommands,
  ...databaseCommands,
  ...keyCommands,
  ...mediaCommands,
  ...restoreCommands,
];

function usage(): string {
  return [
    'Usage: fanfare <command>',
    '',
    ...commands.map(({ name, takes, does }) => `  ${[name, takes].join(' ').trim().padEnd(56)} ${does}`),
  ].join('\n');
}

async function run(words: readonly string[]): Promise<void> {
  const [first] = words;
  if (first === undefined || first === 'help' || first === '--help') {
    console.log(usage());
    return;
  }
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => words[index] === word));
  if (command === undefined) throw new UsageError(`There is no command "${words.join(' ')}".`);
  const args = words.slice(command.name.split(' ').length);
  for (const line of await command.run(args)) console.log(line);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage()}` : explainStartFailure(error));
  process.exitCode = 1;
}
