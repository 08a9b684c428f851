import { newId } from '../../../src/common/ids/index.js';
import { type Restored, RestorationService, requestPublish } from '../../../src/modules/publishing/index.js';
import { Backup } from '../../support/backup.js';
import { Engine, type NewPost } from '../../support/engine/engine.js';
import type { FakeFate } from '../../support/engine/fake-server.js';

const minute = 60_000;
const hour = 60 * minute;
const acts: FakeFate = { kind: 'hold', until: Promise.resolve(), reached: () => undefined };

describe('a backup that was restored', () => {
  let engine: Engine;
  let backup: Backup | null = null;
  let account: string;
  let name: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    name = `restored${number}`;
    account = await engine.connect(name);
    readable();
    engine.server.entries.length = 0;
    engine.server.fates.length = 0;
  });
  afterEach(async () => {
    await backup?.drop();
    backup = null;
    // The database's clock runs ahead of the one that is moved by hand: what comes next is not due in the lost time.
    await engine.rows('DELETE FROM fanfare.restoration');
  });

  const readable = (): void => {
    engine.behaviour.reconcile = {
      settleMs: 60_000,
      absentAfterLooks: 2,
      holdsKey: false,
      clockToleranceMs: 5_000,
      findsForgotten: true,
    };
    engine.behaviour.look = null;
  };
  const notReadable = (): void => {
    engine.behaviour.reconcile = {
      settleMs: 0,
      absentAfterLooks: 'never',
      holdsKey: false,
      clockToleranceMs: 0,
    };
    engine.behaviour.look = () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
  };
  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };
  const texts = (): string[] =>
    engine.server.entries.filter((entry) => entry.account === name).map(({ text }) => text);
  /** Wakes and looks until nothing is left to do for hours. */
  const goOn = async (): Promise<void> => {
    for (let round = 0; round < 12; round += 1) {
      await engine.advance(2 * minute);
      await engine.sweep();
      await engine.settle();
    }
  };
  const backUp = async (): Promise<Backup> => {
    await engine.settle();
    backup = await Backup.of(engine.database);
    return backup;
  };
  /** The database as it was; what had been in the queue is gone as well. */
  const restore = async (): Promise<void> => {
    if (backup === null) throw new Error('there is no backup');
    await backup.restore();
    engine.queue.wipe();
  };
  const mark = (options = { upcoming: false, dryRun: false }): Promise<Restored> => {
    if (backup === null) throw new Error('there is no backup');
    return engine.app.get(RestorationService).restored(backup.since, options);
  };
  const post = (input: Partial<NewPost> = {}): Promise<string> =>
    engine.post({ accounts: [account], inMs: hour, ...input });
  const publishInLostTime = async (): Promise<void> => {
    await engine.advance(hour + minute);
    await engine.sweep();
    await engine.settle();
  };

  it('sends nothing again that the platform shows, and remembers what it found', async () => {
    const postId = await post({ text: 'Once' });
    await backUp();
    await publishInLostTime();
    expect(texts()).toEqual(['Once']);
    await restore();
    expect((await only(postId)).status).toBe('queued');

    expect((await mark()).suspected).toMatchObject([{ postId, platform: 'fake', canBeTold: true }]);
    await goOn();
    const [entry] = engine.server.entries;
    expect(await only(postId)).toMatchObject({ status: 'published', platformPostId: entry?.id });
    expect((await engine.plan(postId)).status).toBe('published');
    expect(texts()).toEqual(['Once']);
    expect(
      await engine.rows('SELECT verdict FROM looks WHERE publication_id = $1', [(await only(postId)).id]),
    ).toEqual([{ verdict: 'found' }]);
  });

  it('sends what had not gone out, after two looks a settling delay apart', async () => {
    const postId = await post({ text: 'Not yet' });
    await backUp();
    await engine.advance(hour + minute);
    await restore();
    await mark();
    await engine.sweep();
    await engine.settle();
    expect(texts()).toEqual([]);
    expect((await only(postId)).status).toBe('unconfirmed');
    await goOn();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(texts()).toEqual(['Not yet']);
    const { id } = await only(postId);
    expect(await engine.rows('SELECT no, outcome FROM calls WHERE publication_id = $1', [id])).toEqual([
      { no: 1, outcome: 'done' },
    ]);
    expect(
      await engine.rows('SELECT verdict FROM looks WHERE publication_id = $1 ORDER BY at', [id]),
    ).toEqual(expect.arrayContaining([{ verdict: 'absent' }, { verdict: 'absent' }]));
  });

  it('takes up a thread behind the last part that is there', async () => {
    const postId = await post({ text: 'One', thread: ['Two', 'Three'] });
    await backUp();
    // The machine was lost while the answer to the third part was awaited.
    engine.server.fates.push(acts, acts, { kind: 'reset-before' });
    await publishInLostTime();
    expect(texts()).toEqual(['One', 'Two']);
    await restore();
    await mark();
    await goOn();
    expect(await only(postId)).toMatchObject({ status: 'published', warnings: [] });
    expect(texts()).toEqual(['One', 'Two', 'Three']);
  });

  it('leaves it to a person where the platform shows nothing, and sends nothing by itself', async () => {
    notReadable();
    const [out, notOut] = [await post({ text: 'Is out' }), await post({ text: 'Is not', inMs: 3 * hour })];
    await backUp();
    await publishInLostTime();
    await engine.advance(2 * hour);
    await restore();
    expect((await mark()).suspected.map(({ canBeTold }) => canBeTold)).toEqual([false, false]);
    await goOn();
    expect([(await only(out)).status, (await only(notOut)).status]).toEqual(['unconfirmed', 'unconfirmed']);
    expect(texts()).toEqual(['Is out']);

    await engine.resolve((await only(out)).id, {
      verdict: 'published',
      platformPostId: 'seen',
      permalink: null,
    });
    await engine.resolve((await only(notOut)).id, { verdict: 'not_published', retry: true });
    await goOn();
    expect([(await only(out)).status, (await only(notOut)).status]).toEqual(['published', 'published']);
    expect(texts()).toEqual(['Is out', 'Is not']);
  });

  it('sends every part once a person has said that nothing is there', async () => {
    notReadable();
    const postId = await post({ text: 'First', thread: ['Second'] });
    await backUp();
    await engine.advance(hour + minute);
    await restore();
    await mark();
    await goOn();
    await engine.resolve((await only(postId)).id, { verdict: 'not_published', retry: true });
    await goOn();
    expect(await only(postId)).toMatchObject({ status: 'published', warnings: [] });
    expect(texts()).toEqual(['First', 'Second']);
  });

  it('does not trust a platform that cannot be asked without the key of the call', async () => {
    engine.behaviour.reconcile = {
      settleMs: 0,
      absentAfterLooks: 1,
      holdsKey: true,
      clockToleranceMs: 0,
    };
    const postId = await post({ text: 'By key only' });
    await backUp();
    await publishInLostTime();
    await restore();
    await mark();
    await goOn();
    expect(await only(postId)).toMatchObject({ status: 'unconfirmed' });
    expect(texts()).toEqual(['By key only']);
  });

  it('marks what was due, once, and nothing that is due later or had ended before', async () => {
    const done = await post({ text: 'Done before', inMs: 0 });
    await engine.settle();
    engine.server.fates.push({ kind: 'status', status: 400 });
    const refusedHere = await post({ text: 'Failed before', inMs: 0 });
    await engine.settle();
    const due = await post({ text: 'Due' });
    const later = await post({ text: 'Later', inMs: 48 * hour });
    await backUp();
    await engine.advance(2 * hour);
    await restore();
    const foreseen = await mark({ upcoming: false, dryRun: true });
    expect(foreseen.suspected.map(({ postId }) => postId)).toEqual([due]);
    const marks = await engine.rows('SELECT suspected_at FROM publications WHERE post_id = $1', [due]);
    expect(marks).toEqual([{ suspected_at: null }]);
    expect((await mark()).suspected.map(({ postId }) => postId)).toEqual([due]);
    // Told again, it finds nothing new, also when time has passed.
    await engine.advance(minute);
    const again = await mark();
    expect(again.suspected).toEqual([]);
    expect((await mark({ upcoming: true, dryRun: false })).suspected.map(({ postId }) => postId)).toEqual([
      later,
    ]);
    expect([(await only(done)).status, (await only(refusedHere)).status]).toEqual(['published', 'failed']);
  });

  it('looks first also when somebody retries what had failed just before the backup', async () => {
    const since = engine.clock.now();
    engine.server.fates.push({ kind: 'status', status: 401 });
    engine.server.fates.push({ kind: 'status', status: 401 });
    const postId = await post({ text: 'Retried by hand', inMs: 0 });
    await engine.settle();
    await engine.advance(1_000);
    await engine.settle();
    expect((await only(postId)).status).toBe('failed');
    await backUp();
    await engine.reviveAccount(account);
    await engine.retry((await only(postId)).id);
    await engine.settle();
    expect(texts()).toEqual(['Retried by hand']);
    await restore();
    await engine.app.get(RestorationService).restored(since, { upcoming: false, dryRun: false });
    await engine.reviveAccount(account);
    await engine.retry((await only(postId)).id);
    await goOn();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(texts()).toEqual(['Retried by hand']);
  });

  it('finishes first what had been asked for: events that nobody had heard, wishes that lay in the queue', async () => {
    const unheard = await post({ text: 'Unheard', inMs: 0 });
    backup = await Backup.of(engine.database);
    await engine.settle();
    expect(texts()).toEqual(['Unheard']);
    await restore();
    const wish = { workspaceId: engine.workspaceId, postId: unheard, requestId: newId(), publishAt: null };
    await engine.queue.add(requestPublish, wish, { id: newId() });
    await engine.advance(minute);
    expect((await mark()).suspected.map(({ postId }) => postId)).toEqual([unheard]);
    await goOn();
    expect(await only(unheard)).toMatchObject({ status: 'published' });
    expect(texts()).toEqual(['Unheard']);
  });

  it('marks also a plan that is made later for a time that was lost', async () => {
    await backUp();
    await engine.advance(hour);
    await restore();
    await mark();
    const postId = await post({ text: 'Made late', inMs: -2 * minute });
    await engine.settle();
    expect((await only(postId)).status).toBe('unconfirmed');
    await goOn();
    expect(texts()).toEqual(['Made late']);
  });

  it('says neither canceled nor failed of what may be out, and lets neither cancel nor edit touch it', async () => {
    const postId = await post({ text: 'May be out', policy: { late: { mode: 'skip', notAfterMinutes: 5 } } });
    await backUp();
    await publishInLostTime();
    await engine.advance(10 * minute);
    await restore();
    await mark();
    await expect(engine.edit(postId, 'Changed')).rejects.toMatchObject({ code: expect.any(String) });
    await goOn();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(texts()).toEqual(['May be out']);
  });

  it('lets the late policy decide once it is proven that nothing went out', async () => {
    const postId = await post({ text: 'Too late', policy: { late: { mode: 'skip', notAfterMinutes: 1 } } });
    await backUp();
    await engine.advance(2 * hour);
    await restore();
    await mark();
    await goOn();
    expect(await only(postId)).toMatchObject({ status: 'skipped', reason: 'too_late' });
    expect(texts()).toEqual([]);
  });

  it('keeps two posts with the same words apart: one was out, the other goes out', async () => {
    const first = await post({ text: 'Same words' });
    const second = await post({ text: 'Same words', inMs: 2 * hour });
    await backUp();
    await publishInLostTime();
    await engine.advance(2 * hour);
    await restore();
    await mark();
    await goOn();
    const ids = [(await only(first)).platformPostId, (await only(second)).platformPostId];
    expect(new Set(ids).size).toBe(2);
    expect(texts()).toEqual(['Same words', 'Same words']);
  });

  it('guesses nothing when two posts say the same beside other pictures', async () => {
    const first = await post({ text: 'Photo of the day' });
    const second = await post({ text: 'Photo of the day', inMs: 2 * hour });
    await backUp();
    await publishInLostTime();
    await engine.advance(2 * hour);
    await restore();
    await mark();
    for (const [postId, picture] of [
      [first, 'monday'],
      [second, 'tuesday'],
    ]) {
      await engine.rows(
        `UPDATE publications SET content = jsonb_set(content, '{media}', $2::jsonb) WHERE post_id = $1`,
        [postId, JSON.stringify([{ id: newId(), sha256: picture }])],
      );
    }
    await goOn();
    expect([(await only(first)).status, (await only(second)).status]).toEqual(['unconfirmed', 'unconfirmed']);
    expect(texts()).toEqual(['Photo of the day']);
  });
});
