/** One thing that the command line can do. */
export interface Command {
  /** One word or two: `db migrate`. */
  readonly name: string;
  /** Arguments, as usage shows them. */
  readonly takes: string;
  readonly does: string;
  /** Answers the lines to print; throws when the process is to end with 1. */
  run(args: readonly string[]): Promise<readonly string[]>;
}

/** The command line was not understood. */
export class UsageError extends Error {}

/** The command has found something wrong and says what. */
export class CommandError extends Error {}
