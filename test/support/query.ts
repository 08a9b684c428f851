import pg from 'pg';

export type Row = Record<string, unknown>;

/** Runs statements on a connection of their own and gives all their rows. Several statements take no parameters. */
export async function query(url: string, statements: string, parameters?: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return rowsOf(await client.query<Row>(statements, parameters));
  } finally {
    await client.end();
  }
}

/** Those of several statements, one after the other. */
export function rowsOf(answer: pg.QueryResult<Row> | pg.QueryResult<Row>[]): Row[] {
  return Array.isArray(answer) ? answer.flatMap((each) => each.rows) : answer.rows;
}
