import { Readable } from 'node:stream';
import sharp from 'sharp';
import {
  NotFoundError,
  PreconditionFailedError,
  ValidationFailedError,
} from '../../../src/common/errors/index.js';
import { EventRecorder } from '../../../src/common/events/index.js';
import { newId } from '../../../src/common/ids/index.js';
import { defaultPolicy, PostReader, PostsService } from '../../../src/modules/content/index.js';
import { MediaService } from '../../../src/modules/media/index.js';
import { PlanSettled, PlanStarted } from '../../../src/modules/publishing/events/index.js';
import { at, ContentFixture, minutes } from './content.fixture.js';

describe('posts', () => {
  let fixture: ContentFixture;
  let posts: PostsService;
  let reader: PostReader;
  let workspaceId: string;
  let short: string;
  let long: string;
  const later = new Date('2100-01-01T00:00:00Z');

  beforeAll(async () => {
    fixture = await ContentFixture.start();
    posts = fixture.get(PostsService);
    reader = fixture.get(PostReader);
  });

  afterAll(() => fixture.stop());

  beforeEach(async () => {
    workspaceId = await fixture.workspace();
    short = await fixture.account(workspaceId, 'short');
    long = await fixture.account(workspaceId, 'long');
  });

  const run = <T>(fn: () => Promise<T>): Promise<T> => fixture.run(workspaceId, fn);

  async function violations(work: Promise<unknown>): Promise<string[]> {
    const error: unknown = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ValidationFailedError)) throw new Error('was not refused', { cause: error });
    for (const { remedy, message } of error.violations) {
      expect(remedy).not.toBe('');
      expect(message).not.toBe('');
    }
    return error.violations.map(({ pointer, rule }) => `${pointer} ${rule}`);
  }

  async function count(table: string): Promise<number> {
    const [row] = await fixture.rows(`SELECT count(*)::int AS n FROM ${table} WHERE workspace_id = $1`, [
      workspaceId,
    ]);
    return Number(row?.['n']);
  }

  describe('media that a platform fetches by itself', () => {
    let fetching: string;
    let mediaId: string;

    beforeEach(async () => {
      fetching = await fixture.account(workspaceId, 'fetching');
      const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
        .png()
        .toBuffer();
      const upload = { stream: Readable.from([png]) };
      mediaId = (await fixture.get(MediaService).upload(workspaceId, upload)).id;
    });

    const withMedia = (account: string, schedule = at(later)) => ({
      text: 'Look',
      media: [{ id: mediaId, altText: null }],
      thread: [{ text: 'More', media: [{ id: mediaId, altText: null }] }],
      targets: [{ accountId: account }],
      schedule,
    });

    it('are refused when the post is written, where nobody outside can fetch them', async () => {
      const broken = await violations(fixture.create(workspaceId, withMedia(fetching)));
      expect(broken).toEqual([
        '/media/0 media_public_url_required',
        '/thread/0/media/0 media_public_url_required',
      ]);
      expect(await fixture.create(workspaceId, withMedia(short))).toMatchObject({ warnings: [] });
    });

    it('are a warning in a draft', async () => {
      const draft = await fixture.create(workspaceId, { ...withMedia(fetching), schedule: null });
      expect(draft.warnings.map(({ code }) => code)).toContain('media_public_url_required');
    });

    it.each([
      { PUBLIC_URL: 'https://fanfare.example' },
      { S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'k', S3_SECRET_ACCESS_KEY: 's' },
    ])('are taken with %p', async (env) => {
      const open = await ContentFixture.start(fixture, env);
      expect(await open.create(workspaceId, withMedia(fetching))).toMatchObject({ warnings: [] });
      await open.stop();
    });
  });

  describe('create', () => {
    it('keeps what was given, and makes an empty draft too', async () => {
      const post = await fixture.create(workspaceId, {
        text: 'Hello',
        link: 'https://example.org/',
        targets: [
          { accountId: short, text: '', settings: { mood: 'bad' } },
          { accountId: long, settings: { title: 'T' } },
        ],
        externalId: 'c7/3',
        metadata: { a: [1, { b: null }] },
        labels: ['x', 'y'],
      });
      expect(post).toMatchObject({
        status: 'draft',
        revision: 1,
        contentRevision: 1,
        dueAt: null,
        occurrenceId: null,
        externalId: 'c7/3',
        metadata: { a: [1, { b: null }] },
        labels: ['x', 'y'],
        targets: [
          { accountId: short, text: '', link: null, media: null, thread: null, settings: { mood: 'bad' } },
          { accountId: long, text: null },
        ],
      });
      expect(await fixture.create(workspaceId, { text: '' })).toMatchObject({
        status: 'draft',
        targets: [],
        warnings: [],
      });
      expect(await fixture.events(workspaceId, 'content.post-scheduled')).toEqual([]);
    });

    it('records PostScheduled with the occurrence of a post that has a time', async () => {
      const post = await fixture.create(workspaceId, {
        targets: [{ accountId: short }],
        schedule: at(later),
      });
      expect(post).toMatchObject({ status: 'scheduled', editorialState: 'approved', dueAt: later });
      expect(await fixture.events(workspaceId, 'content.post-scheduled')).toEqual([
        { postId: post.id, occurrenceId: post.occurrenceId },
      ]);
    });

    it('tells every violation of every target at once, and makes nothing', async () => {
      const gone = await fixture.account(workspaceId, 'short', 'disconnected');
      const expired = await fixture.account(workspaceId, 'short', 'expired');
      const found = await violations(
        fixture.create(workspaceId, {
          text: 'x'.repeat(21),
          link: 'javascript:1',
          media: [{ id: newId(), altText: null }],
          targets: [
            { accountId: short, settings: { title: 'of another platform' } },
            { accountId: long, text: 'y'.repeat(41), settings: { title: 'T' } },
            { accountId: newId() },
            { accountId: 'acc_nonsense' },
            { accountId: short, text: 'fine' },
            { accountId: gone, text: 'fine' },
            {
              accountId: expired,
              text: 'fine',
              thread: [
                { text: 'a', media: [] },
                { text: 'b', media: [] },
              ],
            },
          ],
          schedule: {
            scheduledFor: 'yesterday',
            timezone: null,
            time: {
              ok: false,
              violations: [
                { pointer: '/scheduledFor', rule: 'time_invalid', message: 'No.', remedy: 'Yes.' },
              ],
            },
          },
        }),
      );
      expect(found.sort()).toEqual(
        [
          '/scheduledFor time_invalid',
          '/link link_invalid',
          '/media/0/id media_unknown',
          '/targets/0/settings/title unknown_setting',
          '/text text_too_long',
          '/targets/1/text text_too_long',
          '/targets/2/accountId account_unknown',
          '/targets/3/accountId account_unknown',
          '/targets/4/accountId account_duplicate',
          '/targets/5/accountId account_disconnected',
          '/targets/6/accountId account_expired',
          '/targets/6/thread thread_too_long',
        ].sort(),
      );
      expect(await count('posts')).toBe(0);
      expect(await count('post_targets')).toBe(0);
      expect(await count('outbox')).toBe(0);
    });

    it('refuses a text too long by one, and takes it one shorter', async () => {
      const targets = [{ accountId: short }];
      expect(await violations(fixture.create(workspaceId, { text: '👩‍👩‍👧'.repeat(21), targets }))).toEqual([
        '/text text_too_long',
      ]);
      await expect(fixture.create(workspaceId, { text: '👩‍👩‍👧'.repeat(20), targets })).resolves.toMatchObject({
        status: 'draft',
      });
    });

    it('only warns a draft of what may wait, and names who it is about', async () => {
      const expired = await fixture.account(workspaceId, 'short', 'expired');
      const post = await fixture.create(workspaceId, {
        text: '',
        targets: [{ accountId: expired }, { accountId: long }],
      });
      expect(post.warnings.map(({ code, pointer }) => `${pointer ?? ''} ${code}`)).toEqual([
        '/targets/0/accountId account_expired',
        '/text text_required',
        '/targets/1/settings required',
        '/text text_required',
      ]);
      expect(post.warnings[1]?.message).toMatch(/^For Short \(@anna, acc_[0-9a-f]{32}\): /);
    });

    it('wants a target for what is to go out', async () => {
      expect(await violations(fixture.create(workspaceId, { schedule: at(later) }))).toEqual([
        '/targets targets_required',
      ]);
    });

    it('refuses text that cannot be kept', async () => {
      expect(
        await violations(fixture.create(workspaceId, { text: 'a\u0000b', metadata: { x: '\ud83d' } })),
      ).toEqual(['/text text_invalid', '/metadata/x text_invalid']);
    });

    it("calls another workspace's account unknown", async () => {
      const stranger = await fixture.account(await fixture.workspace(), 'short');
      expect(await violations(fixture.create(workspaceId, { targets: [{ accountId: stranger }] }))).toEqual([
        '/targets/0/accountId account_unknown',
      ]);
    });
  });

  describe('update', () => {
    it('needs the revision that was read', async () => {
      const { id } = await fixture.create(workspaceId, {});
      await run(() => posts.update(id, { text: 'two' }, 1));
      await expect(run(() => posts.update(id, { text: 'three' }, 1))).rejects.toThrow(
        PreconditionFailedError,
      );
      expect(await run(() => posts.get(id))).toMatchObject({ text: 'two', revision: 2 });
    });

    it('raises the content revision only when what is published changes', async () => {
      const { id } = await fixture.create(workspaceId, { targets: [{ accountId: short }] });
      const labels = await run(() => posts.update(id, { labels: ['a'], metadata: { n: 1 } }, null));
      expect(labels).toMatchObject({
        post: { revision: 2, contentRevision: 1 },
        changes: { content: false, policy: false, schedule: 'none' },
      });
      const text = await run(() => posts.update(id, { text: 'two' }, null));
      expect(text).toMatchObject({ post: { revision: 3, contentRevision: 2 }, changes: { content: true } });
      expect(text.post.contentHash).not.toBe(labels.post.contentHash);
    });

    it("keeps a target's id while the post keeps its account", async () => {
      const before = await fixture.create(workspaceId, { targets: [{ accountId: short }] });
      const { post } = await run(() =>
        posts.update(
          before.id,
          {
            targets: [
              { accountId: long, settings: { title: 'T' } },
              { accountId: short, text: 'own' },
            ],
          },
          null,
        ),
      );
      expect(post.targets.map((target) => target.accountId)).toEqual([long, short]);
      expect(post.targets[1]?.id).toBe(before.targets[0]?.id);
    });

    it('changes nothing when a violation is found', async () => {
      const { id } = await fixture.create(workspaceId, { targets: [{ accountId: short }] });
      expect(
        await violations(run(() => posts.update(id, { text: 'x'.repeat(21), labels: ['a'] }, null))),
      ).toEqual(['/text text_too_long']);
      expect(await run(() => posts.get(id))).toMatchObject({ text: 'Hello', revision: 1, labels: [] });
    });

    it('lets labels be changed whatever became of the account', async () => {
      const { id } = await fixture.create(workspaceId, {
        targets: [{ accountId: short }],
        schedule: at(later),
      });
      await fixture.rows(`UPDATE accounts SET state = 'expired' WHERE id = $1`, [short]);
      await expect(run(() => posts.update(id, { labels: ['a'] }, null))).resolves.toMatchObject({
        post: { labels: ['a'] },
      });
      expect(await violations(run(() => posts.update(id, { text: 'b' }, null)))).toEqual([
        '/targets/0/accountId account_expired',
      ]);
    });

    it('moves a pending time with the same occurrence, and makes another after a cancel', async () => {
      const first = await fixture.create(workspaceId, {
        targets: [{ accountId: short }],
        schedule: at(later),
      });
      const moved = await run(() => posts.schedule(first.id, at(new Date(later.getTime() + minutes(5)))));
      expect(moved).toMatchObject({
        changes: { schedule: 'moved' },
        post: { occurrenceId: first.occurrenceId },
      });
      await run(() => posts.markCanceled(first.id));
      const again = await run(() => posts.schedule(first.id, at(later)));
      expect(again).toMatchObject({ changes: { schedule: 'new' }, post: { status: 'scheduled' } });
      expect(again.post.occurrenceId).not.toBe(first.occurrenceId);
    });

    it('makes a draft of a post whose time is taken away', async () => {
      const { id, occurrenceId } = await fixture.create(workspaceId, {
        targets: [{ accountId: short }],
        schedule: at(later),
      });
      expect(await run(() => posts.unschedule(id))).toMatchObject({
        changes: { schedule: 'removed' },
        before: { occurrenceId },
        post: { status: 'draft', dueAt: null, occurrenceId: null },
      });
      expect(await fixture.events(workspaceId, 'content.post-canceled')).toEqual([
        { postId: id, occurrenceId },
      ]);
    });

    it('lets one of two writers with the same revision through', async () => {
      const { id } = await fixture.create(workspaceId, {});
      const results = await Promise.allSettled(
        ['a', 'b', 'c'].map((text) => run(() => posts.update(id, { text }, 1))),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await run(() => posts.get(id))).toMatchObject({ revision: 2 });
    });
  });

  describe('delete and cancel', () => {
    it('hides a deleted post from everything but its own occurrence', async () => {
      const { id } = await fixture.create(workspaceId, {
        targets: [{ accountId: short }],
        schedule: at(later),
      });
      await run(() => posts.delete(id));
      await expect(run(() => posts.get(id))).rejects.toThrow(NotFoundError);
      await expect(run(() => posts.update(id, { text: 'b' }, null))).rejects.toThrow(NotFoundError);
      expect(await run(() => reader.compose(id))).toBeNull();
      expect(await run(() => reader.readSchedule(id))).toEqual({
        postId: id,
        occurrenceId: null,
        dueAt: null,
        deleted: true,
      });
      expect((await run(() => posts.list({}))).items).toEqual([]);
    });

    it('cancels once', async () => {
      const { id } = await fixture.create(workspaceId, {
        targets: [{ accountId: short }],
        schedule: at(later),
      });
      await run(() => posts.markCanceled(id));
      expect(await run(() => posts.markCanceled(id))).toMatchObject({ status: 'canceled', revision: 2 });
      expect(await run(() => reader.readSchedule(id))).toMatchObject({ occurrenceId: null, deleted: false });
      expect(await fixture.events(workspaceId, 'content.post-canceled')).toHaveLength(1);
    });
  });

  describe('list', () => {
    it('pages from new to old without gaps, and narrows by everything', async () => {
      const made: string[] = [];
      for (let n = 0; n < 5; n += 1) {
        const post = await fixture.create(workspaceId, {
          externalId: `e${n % 2}`,
          labels: n === 3 ? ['odd one'] : [],
          targets: n === 0 ? [{ accountId: short }] : [],
        });
        made.unshift(post.id);
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await run(() => posts.list({ limit: 2, cursor }));
        seen.push(...page.items.map((post) => post.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(made);

      const ids = async (filter: Parameters<PostsService['list']>[0]): Promise<string[]> =>
        (await run(() => posts.list(filter))).items.map((post) => post.id);
      expect(await ids({ externalId: 'e1' })).toEqual([made[1], made[3]]);
      expect(await ids({ label: 'odd one' })).toEqual([made[1]]);
      expect(await ids({ accountId: short })).toEqual([made[4]]);
      expect(await ids({ status: 'draft' })).toEqual(made);
      expect(await ids({ status: ['scheduled', 'failed'] })).toEqual([]);
    });

    it('refuses a cursor that was not made here', async () => {
      expect(await violations(run(() => posts.list({ cursor: 'abc.def' })))).toEqual([
        '/cursor cursor_invalid',
      ]);
    });
  });

  describe('compose', () => {
    it('applies overrides, media and the defaults of settings', async () => {
      const { id } = await fixture.create(workspaceId, {
        link: 'https://example.org/',
        targets: [
          { accountId: short, link: '' },
          { accountId: long, text: 'long', settings: { title: 'T' } },
        ],
        policy: {
          ...defaultPolicy,
          success: 'all',
          late: { mode: 'skip', notAfterMinutes: 5 },
          degrade: ['link_card'],
        },
      });
      const composed = await run(() => reader.compose(id));
      expect(composed).toMatchObject({
        postId: id,
        revision: 1,
        policy: { success: 'all', late: { mode: 'skip', notAfterMinutes: 5 } },
        targets: [
          { accountId: short, content: { text: 'Hello', link: null, settings: { mood: 'good' } } },
          {
            accountId: long,
            content: { text: 'long', link: 'https://example.org/', settings: { title: 'T' } },
          },
        ],
      });
      expect(await run(() => reader.composeLocked(id))).toEqual(composed);
    });

    it('never mixes two revisions', async () => {
      const { id } = await fixture.create(workspaceId, {
        text: '1',
        targets: [{ accountId: short, text: '1' }],
      });
      const writes = async (): Promise<void> => {
        for (let n = 2; n <= 15; n += 1) {
          const text = String(n);
          await run(() => posts.update(id, { text, targets: [{ accountId: short, text }] }, null));
        }
      };
      const reads = async (): Promise<void> => {
        for (let n = 0; n < 15; n += 1) {
          for (const read of [() => reader.compose(id), () => reader.composeLocked(id)]) {
            const composed = await run(read);
            expect(composed?.targets.map(({ content }) => content.text)).toEqual([
              String(composed?.revision),
            ]);
          }
        }
      };
      await Promise.all([writes(), reads(), reads()]);
    });
  });

  describe('the latest plan', () => {
    const record = (...events: ConstructorParameters<typeof PlanSettled>[1][]): Promise<void> =>
      run(async () => {
        for (const data of events) fixture.get(EventRecorder).record(new PlanSettled(workspaceId, data));
      });

    const settled = (postId: string, planId: string, status: string, revision: number) => ({
      planId,
      postId,
      status,
      outcome: 'complete',
      partiallyFailed: false,
      revision,
    });

    it('is projected in any order of events, and filtered on', async () => {
      const { id } = await fixture.create(workspaceId, {
        targets: [{ accountId: short }],
        schedule: at(later),
      });
      const planId = newId();
      await record(settled(id, planId, 'published', 2), settled(id, planId, 'failed', 1));
      await run(async () =>
        fixture.get(EventRecorder).record(new PlanStarted(workspaceId, { planId, postId: id })),
      );
      await fixture.deliver();
      expect(await run(() => posts.get(id))).toMatchObject({
        status: 'published',
        latestPlanId: planId,
        revision: 1,
      });
      expect((await run(() => posts.list({ status: 'published' }))).items).toHaveLength(1);
      expect((await run(() => posts.list({ status: 'scheduled' }))).items).toEqual([]);
    });

    it('keeps content and time of what is out from being changed', async () => {
      const { id } = await fixture.create(workspaceId, {
        targets: [{ accountId: short }],
        schedule: at(later),
      });
      await record(settled(id, newId(), 'published', 1));
      await fixture.deliver();
      const refused = { code: 'already-going-out' };
      await expect(run(() => posts.update(id, { text: 'b' }, null))).rejects.toMatchObject(refused);
      await expect(run(() => posts.schedule(id, at(later)))).rejects.toMatchObject(refused);
      await expect(run(() => posts.delete(id))).rejects.toMatchObject(refused);
      await expect(run(() => posts.update(id, { labels: ['a'] }, null))).resolves.toBeDefined();
    });

    it('of a time that was taken away says nothing any more', async () => {
      const { id } = await fixture.create(workspaceId, {
        targets: [{ accountId: short }],
        schedule: at(later),
      });
      const planId = newId();
      await record(settled(id, planId, 'canceled', 1));
      await fixture.deliver();
      await run(() => posts.unschedule(id));
      await record(settled(id, planId, 'canceled', 2));
      await fixture.deliver();
      expect(await run(() => posts.get(id))).toMatchObject({ status: 'draft', latestPlanId: null });
    });
  });

  it('are invisible to another workspace', async () => {
    const { id } = await fixture.create(workspaceId, { externalId: 'mine' });
    const other = await fixture.workspace();
    await expect(fixture.run(other, () => posts.get(id))).rejects.toThrow(NotFoundError);
    await expect(fixture.run(other, () => posts.delete(id))).rejects.toThrow(NotFoundError);
    expect(await fixture.run(other, () => reader.readSchedule(id))).toBeNull();
    expect((await fixture.run(other, () => posts.list({ externalId: 'mine' }))).items).toEqual([]);
  });
});
