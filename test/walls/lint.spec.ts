import { spawn } from 'node:child_process';
import path from 'node:path';
import { json, text } from 'node:stream/consumers';
import { childEnvironment } from '../support/child-environment.js';
import { ACCEPTED, REFUSED } from './lint-plants.js';

interface Finding {
  readonly ruleId: string | null;
  readonly message: string;
}

describe('the lint rules', () => {
  let findings: Finding[][];

  beforeAll(async () => {
    findings = await lint([...REFUSED, ...ACCEPTED].map((plant) => ({ file: plant.file, text: plant.text })));
  });

  it.each(REFUSED.map((plant, index) => ({ ...plant, index })))(
    'refuse ($rule, $says) $text',
    ({ rule, says, index }) => {
      const fired = findings[index]?.filter(({ ruleId }) => ruleId === rule) ?? [];
      expect(fired).not.toEqual([]);
      if (rule === 'no-restricted-syntax') expect(fired.map(({ message }) => message).join()).toContain(says);
    },
  );

  it.each(ACCEPTED.map((plant, index) => ({ ...plant, index })))('accept $what', ({ index }) => {
    expect(findings[REFUSED.length + index]).toEqual([]);
  });
});

async function lint(plants: readonly { file: string; text: string }[]): Promise<Finding[][]> {
  // With CI set, typescript-eslint takes files to be as they are on disk; these texts are not.
  const env = childEnvironment({ TSESTREE_SINGLE_RUN: 'false' });
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'lint-text.mjs')], { env });
  child.stdin.end(JSON.stringify(plants));
  const [answer, complaint] = await Promise.all([json(child.stdout).catch(() => null), text(child.stderr)]);
  if (!isFindings(answer)) throw new Error(`ESLint has failed: ${complaint}`);
  return answer;
}

function isFindings(value: unknown): value is Finding[][] {
  return Array.isArray(value) && value.every(Array.isArray);
}
