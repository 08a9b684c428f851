import { randomUUID } from 'node:crypto';
import type { Entry, PlannedPost } from '../../../scripts/chaos/evidence.mjs';
import { readInbox, whatWasAsked } from '../../../scripts/chaos/inbox.mjs';
import { comparePlatforms, type Standing } from '../../../scripts/chaos/platforms.mjs';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { query } from '../../support/query.js';

type Platform = 'bluesky' | 'mastodon' | 'telegram' | 'email';

interface Told {
  readonly state: string;
  readonly platformPostId?: string;
  readonly incomplete?: boolean;
}

const RECIPIENTS = ['first@readers.example', 'second@readers.example'];
const clean = { duplicates: 0, lost: 0, 'failed but live': 0, unconfirmed: 0, incomplete: 0, open: 0 };

describe('what a storm compares at its end', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterEach(async () => {
    await query(database.adminUrl, 'TRUNCATE publications CASCADE');
  });

  afterAll(async () => {
    await database.drop();
  });

  /** One publication of post 1, what the database tells of it, and what the platform shows. */
  async function compared(
    platform: Platform,
    told: Told | null,
    entries: readonly Entry[],
    parts = 1,
  ): Promise<{ row: Standing | undefined; problems: string[]; suspects: number }> {
    const post = postTo(platform, parts);
    const accepted = new Map(told === null ? [] : [[1, { id: `post_${plain(POST)}` }]]);
    if (told !== null) await store(platform, told);
    const evidence = {
      inbox: readInbox(entries, { posts: [post], pictures: new Map() }),
      asked: whatWasAsked([post], accepted),
      visible: [],
      kills: [],
    };
    const read = (sql: string, values: unknown[]): Promise<Record<string, unknown>[]> =>
      query(database.adminUrl, sql, values);
    const { rows, problems, suspects } = await comparePlatforms({ read }, evidence);
    return { row: rows[0], problems, suspects: suspects.length };
  }

  async function store(platform: Platform, { state, platformPostId, incomplete }: Told): Promise<void> {
    const warnings =
      incomplete === true ? [{ code: 'incomplete', message: 'The second part is missing.' }] : [];
    await query(
      database.adminUrl,
      `BEGIN; SET LOCAL session_replication_role = replica;
       INSERT INTO publications (workspace_id, id, plan_id, post_id, target_id, account_id, platform, state, due_at,
                                 platform_post_id, settled_at, wake_at, wake_reason, warnings)
       VALUES ('${randomUUID()}', '${randomUUID()}', '${randomUUID()}', '${POST}', '${randomUUID()}', '${ACCOUNT}', '${platform}',
               '${state}', fanfare.now(), ${platformPostId === undefined ? 'NULL' : `'${platformPostId}'`},
               ${state === 'running' ? `NULL, fanfare.now(), 'reconcile'` : 'fanfare.now(), NULL, NULL'},
               '${JSON.stringify(warnings)}');
       COMMIT`,
    );
  }

  it('finds nothing when everything is live once', async () => {
    const { row, problems } = await compared('mastodon', { state: 'published', platformPostId: 'a' }, [
      entry('mastodon', 'a', 0),
    ]);
    expect(row).toEqual({ platform: 'mastodon', asked: 1, published: 1, ...clean });
    expect(problems).toEqual([]);
  });

  it('counts the same text under two ids as a duplicate', async () => {
    const shown = [entry('telegram', 'a', 0), entry('telegram', 'b', 0)];
    const { row, problems, suspects } = await compared(
      'telegram',
      { state: 'published', platformPostId: 'a' },
      shown,
    );
    expect(row).toMatchObject({ ...clean, duplicates: 1 });
    expect(problems).toEqual(['telegram: 1 duplicates']);
    expect(suspects).toBe(1);
  });

  it('counts a part of a thread that stands twice, but not parts that stand once each', async () => {
    const told = { state: 'published', platformPostId: 'a' };
    const thread = [entry('bluesky', 'a', 0), entry('bluesky', 'b', 1)];
    expect((await compared('bluesky', told, thread, 2)).problems).toEqual([]);
    await query(database.adminUrl, 'TRUNCATE publications CASCADE');
    const twice = [...thread, entry('bluesky', 'c', 1)];
    expect((await compared('bluesky', told, twice, 2)).problems).toEqual(['bluesky: 1 duplicates']);
  });

  it('counts two mails to one recipient, but not one to each', async () => {
    const told = { state: 'published', platformPostId: 'a' };
    const [first, second] = RECIPIENTS;
    const each = [entry('email', 'a', 0, { to: first }), entry('email', 'b', 0, { to: second })];
    expect((await compared('email', told, each)).problems).toEqual([]);
    await query(database.adminUrl, 'TRUNCATE publications CASCADE');
    const again = [...each, entry('email', 'c', 0, { to: second })];
    expect((await compared('email', told, again)).problems).toEqual(['email: 1 duplicates']);
  });

  it('counts as lost what is called published and is not live', async () => {
    const { problems } = await compared('mastodon', { state: 'published', platformPostId: 'a' }, []);
    expect(problems).toEqual(['mastodon: 1 lost']);
  });

  it('counts as lost what is live under another id than the database says', async () => {
    const { problems } = await compared('mastodon', { state: 'published', platformPostId: 'a' }, [
      entry('mastodon', 'b', 0),
    ]);
    expect(problems).toEqual(['mastodon: 1 lost']);
  });

  it('counts as lost a thread that misses a part and does not say so', async () => {
    const shown = [entry('telegram', 'a', 0)];
    const told = { state: 'published', platformPostId: 'a' };
    expect((await compared('telegram', told, shown, 2)).problems).toEqual(['telegram: 1 lost']);
    await query(database.adminUrl, 'TRUNCATE publications CASCADE');
    const honest = await compared('telegram', { ...told, incomplete: true }, shown, 2);
    expect([honest.row, honest.problems]).toEqual([expect.objectContaining({ lost: 0, incomplete: 1 }), []]);
  });

  it('counts as lost what was given up and what the API never took', async () => {
    expect((await compared('email', { state: 'failed' }, [])).problems).toEqual(['email: 1 lost']);
    await query(database.adminUrl, 'TRUNCATE publications CASCADE');
    expect((await compared('email', null, [])).problems).toEqual(['email: 1 lost']);
  });

  it('does not call lost what is still open, and shows its duplicates', async () => {
    const told = { state: 'running' };
    const none = await compared('mastodon', told, []);
    expect([none.row, none.problems, none.suspects]).toEqual([
      expect.objectContaining({ lost: 0, open: 1 }),
      [],
      1,
    ]);
    await query(database.adminUrl, 'TRUNCATE publications CASCADE');
    const twice = [entry('mastodon', 'a', 0), entry('mastodon', 'b', 0)];
    expect((await compared('mastodon', told, twice)).problems).toEqual(['mastodon: 1 duplicates']);
  });

  it('counts what is called failed and is live', async () => {
    const { problems } = await compared('telegram', { state: 'failed' }, [entry('telegram', 'a', 0)]);
    expect(problems).toEqual(['telegram: 1 failed but live']);
  });

  it('bears an unconfirmed end only where nothing can be read back', async () => {
    const blind = await compared('telegram', { state: 'unconfirmed' }, [entry('telegram', 'a', 0)]);
    expect([blind.row?.unconfirmed, blind.problems]).toEqual([1, []]);
    await query(database.adminUrl, 'TRUNCATE publications CASCADE');
    const { problems } = await compared('bluesky', { state: 'unconfirmed' }, []);
    expect(problems).toEqual(['bluesky: 1 unconfirmed']);
  });

  it('names what is live and nobody has asked for', async () => {
    const shown = [entry('mastodon', 'a', 0), { ...entry('mastodon', 'x', 0), text: 'Who wrote this?' }];
    const { problems } = await compared('mastodon', { state: 'published', platformPostId: 'a' }, shown);
    expect(problems).toEqual(['mastodon: x is live and nobody asked for it']);
  });
});

const POST = randomUUID();
const ACCOUNT = randomUUID();
const plain = (id: string): string => id.replaceAll('-', '');

function postTo(platform: Platform, count: number): PlannedPost {
  const recipients = platform === 'email' ? RECIPIENTS : [];
  const account = { platform, id: `acc_${plain(ACCOUNT)}`, person: 'somebody', recipients };
  const parts = Array.from({ length: count }, (_, part) => `Some words zq1p${part}`);
  return { no: 1, picture: false, aheadMs: 0, targets: [{ account, parts }] };
}

function entry(platform: Platform, postId: string, part: number, extra: Record<string, unknown> = {}): Entry {
  const text = `Some words zq1p${part}`;
  return { platform, account: 'somebody', postId, text, media: [], replyTo: null, extra };
}
