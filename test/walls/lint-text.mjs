// ESLint loads its configuration with a dynamic import, which Jest on Node 20 has not: so it runs as a program of its own.
// In: [{ file, text }] on stdin. Out: for each the rules that fired, with their messages.
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { ESLint } from 'eslint';

const eslint = new ESLint({ cwd: path.resolve(import.meta.dirname, '../..') });
const answers = [];
for (const plant of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(plant.text, { filePath: plant.file });
  answers.push(result.messages.map(({ ruleId, message }) => ({ ruleId, message })));
}
process.stdout.write(JSON.stringify(answers));
