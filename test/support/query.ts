import pg from 'pg';

export type Row = Record<string, unknown>;

/** Runs statements on a connection of their own and gives all their rows. Several statements take no parameters. */
export async function query(url: string, statements: string, parameters?: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const answer: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await client.query<Row>(
      statements,
      parameters,
    );
    return Array.isArray(answer) ? answer.flatMap((each) => each.rows) : answer.rows;
  } finally {
    await client.end();
  }
}
