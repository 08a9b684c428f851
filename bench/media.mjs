// How much memory the built server takes while a file of 1 GiB comes in by multipart, by tus, is fetched from it, and is
// published to a platform that takes such files:
//   node bench/media.mjs [--size MiB] [--only resumable,out,published]
// The multipart upload is always measured: what is fetched and published came in by it. Files are kept below the folder of TMPDIR while it runs, twice their size.
// Needs a build and Linux, whose VmHWM is the peak of resident memory. Prints one JSON document.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAccount } from '../scripts/demo/connect.mjs';
import { HttpApi } from '../scripts/demo/http.mjs';
import { Parts } from '../scripts/lib/parts.mjs';
import { startSandbox } from '../scripts/lib/sandbox.mjs';
import { freePort } from './lib/installation.mjs';
import { LargeUploads } from './lib/large-uploads.mjs';
import { startTestPostgres } from '../test/support/test-postgres.mjs';

/** Beside the multipart upload, which the others build on. */
const phases = ['resumable', 'out', 'published'];
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '1024' },
    only: { type: 'string', default: phases.join(',') },
  },
});
const bytes = Number(values.size) * 1024 * 1024;
if (!Number.isInteger(bytes) || bytes < 1)
  throw new Error(`--size is a number of MiB, not "${values.size}".`);
const only = values.only.split(',');
const strange = only.find((name) => !phases.includes(name));
if (strange !== undefined) throw new Error(`--only is a list of ${phases.join(', ')}, not "${strange}".`);
const limitMegabytes = 300;
const root = path.resolve(import.meta.dirname, '..');
const film = readFileSync(path.join(root, 'bench/three-frames.mp4'));
const piece = 1024 * 1024;
const signal = AbortSignal.timeout(30 * 60_000);

/** A small film with a large box of free space behind it. */
function* body(seed) {
  // Its length stands behind its name where 32 bits do not hold it.
  const box = Buffer.alloc(16);
  box.writeUInt32BE(1);
  box.write('free', 4);
  box.writeBigUInt64BE(BigInt(bytes), 8);
  yield film;
  yield box;
  const filler = Buffer.alloc(piece, seed);
  for (let left = bytes - box.length; left > 0; left -= piece)
    yield filler.subarray(0, Math.min(left, piece));
}

function* form(seed) {
  yield Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n');
  yield* body(seed);
  yield Buffer.from('\r\n--x--\r\n');
}

async function start(env) {
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: root,
    env: { ...process.env, ...env, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let base;
  for await (const line of createInterface({ input: child.stdout })) {
    base ??= /ready: (http:\S+?)\/api/.exec(line)?.[1];
    const key = /First API key: (\S+)/.exec(line)?.[1];
    if (key !== undefined && base !== undefined) return { child, base, key };
  }
  throw new Error('The server has ended.');
}

async function call({ base, key }, method, address, headers = {}, chunks = []) {
  const sent = request(new URL(address, base), {
    method,
    headers: { authorization: `Bearer ${key}`, ...headers },
  });
  const answered = once(sent, 'response');
  for (const chunk of chunks) if (!sent.write(chunk)) await once(sent, 'drain');
  sent.end();
  const [answer] = await answered;
  let received = 0;
  let text = '';
  for await (const chunk of answer) {
    received += chunk.length;
    if (received < piece) text += chunk.toString();
  }
  if (answer.statusCode >= 400) throw new Error(`${method} ${address}: ${answer.statusCode} ${text}`);
  return { headers: answer.headers, received, text };
}

async function measured(server, work) {
  const began = performance.now();
  const result = await work();
  const [, peak] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'));
  return { result, seconds: (performance.now() - began) / 1000, peakMegabytes: Number(peak) / 1024 };
}

/** Connects an account and publishes the file on it; answers once the platform has it. */
async function publish({ base, key }, { person, uploads }, mediaId) {
  const api = new HttpApi(base, { key, signal });
  const credentials = { ...person.credentials, instance: uploads.url };
  const platform = await api.get('/api/v1/platforms/mastodon');
  const { id: accountId } = await connectAccount(api, platform, { ...person, credentials });
  const body = {
    text: 'A long film',
    media: [{ id: mediaId }],
    scheduledFor: 'now',
    targets: [{ accountId }],
  };
  const { id } = await api.post('/api/v1/posts', body);
  const ends = ['published', 'failed', 'unconfirmed', 'canceled'];
  for (;;) {
    const { status, targets } = await api.get(`/api/v1/posts/${id}`);
    if (status === 'published') return;
    if (ends.includes(status)) throw new Error(`The post is ${status}: ${JSON.stringify(targets)}`);
    await pause(200);
  }
}

async function resume(server) {
  const tus = { 'tus-resumable': '1.0.0' };
  const length = { 'upload-length': bytes + film.length };
  const { headers } = await call(server, 'POST', '/api/v1/media/uploads', { ...tus, ...length });
  const type = { 'content-type': 'application/offset+octet-stream', 'upload-offset': 0 };
  return call(server, 'PATCH', headers.location, { ...tus, ...type }, body(2));
}

async function fetchWhole(server, url) {
  const { received } = await call(server, 'GET', url);
  if (received !== bytes + film.length) throw new Error('The file did not come out whole.');
}

async function publishOnce(server, world, { id, sha256 }) {
  await publish(server, world, id);
  const [arrived, ...more] = world.uploads.received;
  if (arrived?.sha256 !== sha256 || more.length > 0)
    throw new Error('The platform has not got the file, once.');
}

async function measure(server, world) {
  const result = { idle: await measured(server, () => call(server, 'GET', '/api/v1/media')) };
  const type = { 'content-type': 'multipart/form-data; boundary=x' };
  result.multipart = await measured(server, () => call(server, 'POST', '/api/v1/media', type, form(1)));
  const file = JSON.parse(result.multipart.result.text);
  if (only.includes('resumable')) result.resumable = await measured(server, () => resume(server));
  if (only.includes('out')) result.out = await measured(server, () => fetchWhole(server, file.url));
  if (only.includes('published')) {
    result.published = await measured(server, () => publishOnce(server, world, file));
  }
  return result;
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'fanfare-bench-'));
const database = await startTestPostgres();
const parts = new Parts();
let server;
let uploads;
try {
  const { url: sandbox, environment } = await startSandbox(parts, { ...process.env, SANDBOX_PORT: '0' });
  const { accounts } = await new HttpApi(sandbox, { signal }).get('/_sandbox/accounts');
  const person = accounts.find(({ platform }) => platform === 'mastodon');
  uploads = new LargeUploads(person.credentials.instance, film);
  await uploads.start();
  const port = await freePort();
  const env = {
    ...environment,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: database.appUrl,
    DATABASE_MIGRATION_URL: database.ownerUrl,
    FANFARE_DATA_DIR: dataDir,
    FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    FANFARE_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64'),
  };
  execFileSync(process.execPath, ['dist/src/cli.js', 'db', 'migrate'], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  server = await start(env);
  const measurements = Object.entries(await measure(server, { person, uploads })).map(
    ([name, { seconds, peakMegabytes }]) => [
      name,
      { seconds: Number(seconds.toFixed(2)), peakMegabytes: Math.round(peakMegabytes) },
    ],
  );
  console.log(
    JSON.stringify({ bench: 'media', bytes, limitMegabytes, ...Object.fromEntries(measurements) }, null, 2),
  );
} finally {
  if (server !== undefined) {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  }
  await uploads?.stop();
  await parts.stop();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
