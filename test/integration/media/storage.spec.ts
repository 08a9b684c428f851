import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parseConfig } from '../../../src/common/config/index.js';
import { LocalDiskStorage } from '../../../src/modules/media/storage/local-disk.storage.js';
import type { MediaStorage } from '../../../src/modules/media/storage/media.storage.js';
import { S3Storage } from '../../../src/modules/media/storage/s3.storage.js';
import { S3Server } from '../../support/s3-server.js';

interface Bench {
  readonly storage: MediaStorage;
  /** Keys of what is kept. */
  readonly keys: () => string[];
  readonly stop: () => Promise<void>;
}

const keys = {
  FANFARE_MEDIA_ARCHIVE_PREFIX: 'archive/',
  FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  FANFARE_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64'),
};

function onDisk(): Promise<Bench> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fanfare-test-storage-'));
  const root = path.join(dataDir, 'media');
  return Promise.resolve({
    storage: new LocalDiskStorage(parseConfig({ ...keys, FANFARE_DATA_DIR: dataDir })),
    keys: () => {
      if (!existsSync(root)) return [];
      const entries = readdirSync(root, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
    },
    stop: () => Promise.resolve(rmSync(dataDir, { recursive: true, force: true })),
  });
}

async function onS3(): Promise<Bench> {
  const server = await S3Server.start();
  const { s3 } = parseConfig({ ...keys, ...server.env });
  if (s3 === null) throw new Error('no S3');
  const storage = new S3Storage(s3, { prefix: 'archive/', storageClass: 'STANDARD_IA' });
  const stop = async (): Promise<void> => {
    storage.onModuleDestroy();
    await server.stop();
  };
  return { storage, keys: () => server.keys(), stop };
}

describe.each([
  ['the local disk', onDisk],
  ['S3', onS3],
])('storage on %s', (where, start) => {
  let bench: Bench;
  const staging = mkdtempSync(path.join(tmpdir(), 'fanfare-test-staging-'));

  beforeAll(async () => {
    bench = await start();
  });

  afterAll(async () => {
    await bench.stop();
    rmSync(staging, { recursive: true, force: true });
  });

  const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const keyOf = (hash: string): string => path.join(hash.slice(0, 2), hash.slice(2, 4), hash);

  async function adopt(bytes: Buffer): Promise<string> {
    const file = path.join(staging, 'file');
    writeFileSync(file, bytes);
    const hash = sha256(bytes);
    await bench.storage.adopt(file, hash);
    expect(existsSync(file)).toBe(false);
    return hash;
  }

  it('gives back what it has taken over, whole and in parts', async () => {
    const bytes = randomBytes(100_000);
    const hash = await adopt(bytes);
    expect(bench.keys()).toContain(keyOf(hash));
    expect(await bench.storage.read(hash)).toEqual(bytes);
    expect(await buffer(await bench.storage.open(hash))).toEqual(bytes);
    const part = await bench.storage.open(hash, { first: 10, last: 19 });
    expect(await buffer(part)).toEqual(bytes.subarray(10, 20));
  });

  it('takes a file of several parts', async () => {
    const bytes = randomBytes(20 * 1024 * 1024);
    const hash = await adopt(bytes);
    expect(sha256(await bench.storage.read(hash))).toBe(hash);
  });

  it('keeps the same bytes once', async () => {
    const bytes = randomBytes(1000);
    const hash = await adopt(bytes);
    expect(await adopt(bytes)).toBe(hash);
    expect(bench.keys().filter((key) => key === keyOf(hash))).toHaveLength(1);
    expect(await bench.storage.read(hash)).toEqual(bytes);
  });

  it('frees the bytes, however often it is asked', async () => {
    const hash = await adopt(randomBytes(1000));
    await bench.storage.remove(hash);
    await bench.storage.remove(hash);
    expect(bench.keys()).not.toContain(keyOf(hash));
    await expect(bench.storage.read(hash)).rejects.toThrow();
    await expect(bench.storage.open(hash)).rejects.toThrow();
  });

  it('moves what rests into the archive and back, and reads, links and frees it there too', async () => {
    const bytes = randomBytes(50_000);
    const hash = await adopt(bytes);
    const archived = path.join('archive', keyOf(hash));
    for (const round of [1, 2]) {
      await bench.storage.move(hash, true);
      expect(bench.keys()).toContain(archived);
      expect(bench.keys()).not.toContain(keyOf(hash));
      expect(await bench.storage.read(hash)).toEqual(bytes);
      const part = await bench.storage.open(hash, { first: 5, last: 9 });
      expect(await buffer(part)).toEqual(bytes.subarray(5, 10));
      const link = await bench.storage.presign(hash, { mimeType: 'a/b', fileName: 'a', ttlMs: 60_000 });
      if (link !== null) expect(await fetched(link)).toMatchObject({ status: 200, bytes });
      if (round === 2) break;
      await bench.storage.move(hash, false);
      expect(bench.keys()).toContain(keyOf(hash));
      expect(bench.keys()).not.toContain(archived);
      expect(await bench.storage.read(hash)).toEqual(bytes);
    }
    await bench.storage.remove(hash);
    expect(bench.keys()).not.toContain(archived);
    await expect(bench.storage.read(hash)).rejects.toThrow();
  });

  it('refuses a name that is no hash', async () => {
    await expect(Promise.resolve().then(() => bench.storage.read('../../etc/passwd'))).rejects.toThrow(
      'no SHA-256',
    );
  });

  it('makes a link of its own where it can', async () => {
    const bytes = randomBytes(1000);
    const hash = await adopt(bytes);
    const link = await bench.storage.presign(hash, {
      mimeType: 'image/png',
      fileName: 'Zoë.png',
      ttlMs: 60_000,
    });
    if (where !== 'S3') {
      expect(link).toBeNull();
      return;
    }
    const answer = await fetched(link ?? '');
    expect(answer).toMatchObject({ status: 200, type: 'image/png', bytes });
    expect(new URL(link ?? '').searchParams.get('X-Amz-Expires')).toBe('60');
  });
});

async function fetched(link: string): Promise<{ status?: number; type?: string; bytes: Buffer }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(link, { agent: false }, resolve).on('error', reject).end();
  });
  const bytes = await buffer(answer);
  const { statusCode, headers } = answer;
  return {
    bytes,
    ...(statusCode === undefined ? {} : { status: statusCode }),
    ...(headers['content-type'] === undefined ? {} : { type: headers['content-type'] }),
  };
}
