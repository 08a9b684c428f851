import { type ConfigProblem } from './config.error.js';
import { type ConfigKey } from './config.schema.js';
import { ValueProblem } from './value-types.js';

/** The environment as a record; absent and empty are the same. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Reads variables one by one and collects what is wrong with them. */
export class EnvReader {
  readonly problems: ConfigProblem[] = [];

  constructor(private readonly env: Env) {}

  has(key: string): boolean {
    return this.textOf(key) !== '';
  }

  /** The value, or the default when it is absent or wrong. */
  read<T>(key: ConfigKey<T>): T {
    const text = this.textOf(key.key);
    if (text === '') return key.default;
    try {
      return key.type.parse(text);
    } catch (error) {
      if (!(error instanceof ValueProblem)) throw error;
      const shown = key.secret ? '' : `"${text.slice(0, 80)}" `;
      this.report(key.key, `${shown}${error.message}`, error.remedy);
      return key.default;
    }
  }

  report(key: string, problem: string, remedy: string): void {
    this.problems.push({ key, problem, remedy });
  }

  private textOf(key: string): string {
    return this.env[key]?.trim() ?? '';
  }
}
