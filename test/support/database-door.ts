import { once } from 'node:events';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { freePort } from './free-port.js';

/** A way to a PostgreSQL that a test closes and opens: connections are cut, refused, or let through. */
export class DatabaseDoor {
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  private shutFor: string | null = null;
  /** Connections that came to a door which was shut for them. */
  turnedAway = 0;

  private constructor(
    private readonly target: URL,
    private readonly port: number,
  ) {}

  /** Closed at first: its port is known, and nobody listens there. */
  static async on(databaseUrl: string): Promise<DatabaseDoor> {
    return new DatabaseDoor(new URL(databaseUrl), await freePort());
  }

  /** The database's address through the door. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.toString();
  }

  async open(): Promise<void> {
    this.server = createServer((socket) => this.pass(socket));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Those whose first words name them so are cut off at once; null: nobody. */
  shut(applicationName: string | null): void {
    this.shutFor = applicationName;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    for (const socket of this.sockets) socket.destroy();
    if (server === null) return;
    server.close();
    await once(server, 'close');
  }

  private pass(client: Socket): void {
    this.keep(client);
    client.once('data', (hello) => {
      if (this.shutFor !== null && hello.includes(this.shutFor)) {
        this.turnedAway += 1;
        client.destroy();
        return;
      }
      const server = connect(Number(this.target.port), this.target.hostname);
      this.keep(server);
      server.write(hello);
      client.pipe(server).pipe(client);
      client.once('close', () => server.destroy());
      server.once('close', () => client.destroy());
    });
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.sockets.delete(socket));
  }
}
