import pg from 'pg';

/** As many statements as the engine has, and some: lists that callers filter in many ways would fill every connection. */
const mostNames = 1_000;
/** PostgreSQL refuses a prepared statement whose columns have changed since: `cached plan must not change result type`. */
const planIsStale = '0A000';

/** The names of statements, the same on every connection of this process. */
class StatementNames {
  private readonly names = new Map<string, string>();
  private given = 0;

  /** Undefined: one too many. */
  of(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= mostNames) return known;
    return this.name(text);
  }

  /** Under another name it is prepared anew, wherever it was known before. */
  rename(text: string): void {
    if (this.names.has(text)) this.name(text);
  }

  private name(text: string): string {
    const name = `fanfare_${++this.given}`;
    this.names.set(text, name);
    return name;
  }
}

const names = new StatementNames();

/**
 * A connection that parses and plans each statement with values once, not each time: half of what PostgreSQL does for a publication
 * would be that. Statements may be sent before the one ahead of them is answered.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super({ ...(typeof config === 'string' ? { connectionString: config } : config), ...{ pipeline: true } });
  }

  /** Typed as `never` because it is what the overloads of node-postgres make of their arguments. */
  override query(...args: unknown[]): never {
    const [text, values, ...more] = args;
    const name = typeof text === 'string' && isFilled(values) ? names.of(text) : undefined;
    if (name === undefined) return this.send(args);
    const answer: unknown = this.send([{ name, text, values }, ...more]);
    if (answer instanceof Promise) answer.catch((error: unknown) => this.learn(text as string, error));
    return answer as never;
  }

  private learn(text: string, error: unknown): void {
    if (error instanceof pg.DatabaseError && error.code === planIsStale) names.rename(text);
  }

  private send(args: unknown[]): never {
    return super.query(...(args as [string])) as never;
  }
}

const isFilled = (values: unknown): boolean => Array.isArray(values) && values.length > 0;
