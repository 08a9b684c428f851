/** One thing that is wrong with the environment. Never holds the value of a secret. */
export interface ConfigProblem {
  /** The environment variable. */
  readonly key: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Everything that is wrong with the configuration, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(
      [
        'The configuration has problems:',
        ...problems.map((p) => `  ${p.key}: ${p.problem}. ${p.remedy}.`),
      ].join('\n'),
    );
  }
}
