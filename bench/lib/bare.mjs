import { once } from 'node:events';
import { request } from 'node:http';
import pg from 'pg';

const CONCURRENCY = 64;
const CONNECTIONS = 10;
/** By publication: what is written before the call, and what after it. */
const BEFORE = ['attempts', 'commits', 'calls'];
const AFTER = ['steps', 'transitions'];

/**
 * The least that a script must do for the same publications: the same rows in tables of the same shape, in one durable
 * transaction before each call and one after it, and the same HTTP calls. It copies what the engine has written.
 */
export class BareScript {
  #pool;

  /** @param {string} url of a superuser */
  constructor(url) {
    this.#pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  }

  async prepare() {
    const tables = [...BEFORE, ...AFTER, 'publications', 'outbox', 'deliveries'];
    await this.#pool.query('DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare');
    for (const table of tables)
      await this.#pool.query(`CREATE TABLE bare.${table} (LIKE public.${table} INCLUDING ALL)`);
    await this.#pool.query('INSERT INTO bare.publications SELECT * FROM public.publications');
  }

  async close() {
    await this.#pool.end();
  }

  /**
   * @param {{ workspaceId: string, id: string, events: string[], call: object }[]} publications
   * @returns {Promise<number>} seconds
   */
  async run(publications) {
    const waiting = [...publications];
    const began = performance.now();
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await this.#publish(next);
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, lane));
    return (performance.now() - began) / 1000;
  }

  async #publish({ workspaceId, id, events, call }) {
    const own = [workspaceId, id];
    const copy = (table) =>
      `INSERT INTO bare.${table} SELECT * FROM public.${table} WHERE workspace_id = $1 AND publication_id = $2`;
    await this.#transaction(async (client) => {
      await client.query(
        'UPDATE bare.publications SET claims = claims + 1 WHERE workspace_id = $1 AND id = $2',
        own,
      );
      for (const table of BEFORE) await client.query(copy(table), own);
    });
    await send(call);
    await this.#transaction(async (client) => {
      await client.query(
        `UPDATE bare.calls SET outcome = 'done' WHERE workspace_id = $1 AND publication_id = $2`,
        own,
      );
      await client.query('UPDATE bare.publications SET retries = 0 WHERE workspace_id = $1 AND id = $2', own);
      for (const table of AFTER) await client.query(copy(table), own);
      const named = [workspaceId, events];
      const of = (key) => `WHERE workspace_id = $1 AND ${key} = ANY ($2)`;
      await client.query(
        `INSERT INTO bare.outbox OVERRIDING SYSTEM VALUE SELECT * FROM public.outbox ${of('id')}`,
        named,
      );
      await client.query(
        `INSERT INTO bare.deliveries SELECT * FROM public.deliveries ${of('event_id')}`,
        named,
      );
    });
  }

  async #transaction(work) {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }
}

/** On a connection of its own, as the engine does. */
async function send({ url, headers, body }) {
  const text = JSON.stringify(body);
  const sent = request(url, {
    method: 'POST',
    agent: false,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'bench',
      'content-length': Buffer.byteLength(text),
      ...headers,
    },
  });
  const answered = once(sent, 'response');
  sent.end(text);
  const [answer] = await answered;
  let received = '';
  for await (const chunk of answer) received += chunk;
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${received}`);
}
