import {
  assertSchemaCompatibility,
  type BackendFactory,
  PostgresConnection,
  type PostgresConnectionOptions,
  PostgresQueueBackend,
} from 'bullmq';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds until whoever asks for a connection that failed hears of it, so that nobody asks without pause. */
const pauseMs = 500;

/** BullMQ's own keeps the promise of its first connection also when that has failed; this one tries again. */
class PersistentConnection extends PostgresConnection {
  private connecting: Promise<void> | null = null;

  override waitUntilReady(): Promise<void> {
    this.connecting ??= this.connect().catch((error: unknown) => {
      this.connecting = null;
      throw error;
    });
    return this.connecting;
  }

  private async connect(): Promise<void> {
    try {
      const client = await this.pool.connect();
      try {
        await assertSchemaCompatibility(client, this.schema);
      } finally {
        client.release();
      }
    } catch (error) {
      await wait(pauseMs);
      throw error;
    }
    this.emit('ready');
  }
}

class PersistentBackend extends PostgresQueueBackend {
  private becoming: Promise<void> | null = null;

  /** @param shownAs - by which a worker is found among the connections; undefined for producers */
  constructor(
    connection: PersistentConnection,
    queue: string,
    opts: ConstructorParameters<typeof PostgresQueueBackend>[2],
    private readonly shownAs: string | undefined,
  ) {
    super(connection, queue, opts, true, shownAs);
  }

  override waitUntilReady(): Promise<void> {
    this.becoming ??= this.become().catch((error: unknown) => {
      this.becoming = null;
      throw error;
    });
    return this.becoming;
  }

  private async become(): Promise<void> {
    await this.connection.waitUntilReady();
    if (this.shownAs !== undefined) await this.setName(this.shownAs);
  }
}

/** BullMQ on PostgreSQL, for processes that may be there before their database is. */
export const createPersistentBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (
  queue,
  opts,
  { withBlockingConnection = false } = {},
) =>
  new PersistentBackend(
    new PersistentConnection(opts.connection),
    queue,
    opts,
    withBlockingConnection ? queue : undefined,
  );
