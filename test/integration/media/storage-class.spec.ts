import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parseConfig } from '../../../src/common/config/index.js';
import { S3Storage } from '../../../src/modules/media/storage/s3.storage.js';

const sha256 = randomBytes(32).toString('hex');
const name = `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;

/** Storage classes as S3 keeps them, which s3rver does not: a copy has its own, and is no copy where nothing would change. */
class Classes {
  readonly ofKey = new Map<string, string>();

  answer({ method, url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const key = new URL(url, 'http://s3').pathname.replace(/^\/media\//, '');
    const source = String(headers['x-amz-copy-source']).replace(/^media\//, '');
    const asked = String(headers['x-amz-storage-class'] ?? 'STANDARD');
    if (method === 'DELETE') {
      this.ofKey.delete(key);
      response.writeHead(204).end();
    } else if (method !== 'PUT') {
      response.writeHead(501).end();
    } else if (!this.ofKey.has(source)) {
      fail(response, 404, 'NoSuchKey');
    } else if (source === key && this.ofKey.get(key) === asked) {
      fail(response, 400, 'InvalidRequest');
    } else {
      this.ofKey.set(key, asked);
      response.end('<CopyObjectResult><ETag>"a"</ETag></CopyObjectResult>');
    }
  }
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<Error><Code>${code}</Code><Message>Refused.</Message></Error>`);
}

describe('the storage class of what rests on S3', () => {
  let server: Server;
  let classes: Classes;
  let endpoint: string;

  beforeAll(async () => {
    server = createServer((incoming, response) => classes.answer(incoming, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    endpoint = `http://127.0.0.1:${address.port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ['a prefix and a class', 'rest/', 'GLACIER_IR', { [`rest/${name}`]: 'GLACIER_IR' }],
    ['a class alone', '', 'STANDARD_IA', { [name]: 'STANDARD_IA' }],
    ['a prefix alone', 'rest/', '', { [`rest/${name}`]: 'STANDARD' }],
  ])(
    'is as configured with %s, and the common one when it is used again',
    async (_what, prefix, storageClass, resting) => {
      const { s3, media } = parseConfig({
        FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
        FANFARE_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64'),
        S3_ENDPOINT: endpoint,
        S3_BUCKET: 'media',
        S3_ACCESS_KEY_ID: 'key',
        S3_SECRET_ACCESS_KEY: 'secret',
        FANFARE_MEDIA_ARCHIVE_PREFIX: prefix,
        S3_ARCHIVE_STORAGE_CLASS: storageClass,
      });
      if (s3 === null) throw new Error('no S3');
      const { archivePrefix, archiveStorageClass } = media;
      const storage = new S3Storage(s3, { prefix: archivePrefix, storageClass: archiveStorageClass });
      classes = new Classes();
      classes.ofKey.set(name, 'STANDARD');
      try {
        expect(storage.archives).toBe(true);
        await storage.move(sha256, true);
        expect(Object.fromEntries(classes.ofKey)).toEqual(resting);
        await storage.move(sha256, false);
        expect(Object.fromEntries(classes.ofKey)).toEqual({ [name]: 'STANDARD' });
      } finally {
        storage.onModuleDestroy();
      }
    },
  );
});
