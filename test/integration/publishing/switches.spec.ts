import { newId } from '../../../src/common/ids/index.js';
import { PlatformSwitches, PlatformSwitching } from '../../../src/modules/publishing/index.js';
import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;
const hour = 60 * minute;

describe('a platform that is off', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`switch${number}`);
    engine.server.calls = 0;
  });
  afterEach(async () => {
    await engine.switchPlatform('fake', true);
    await engine.switchPlatform('fake', true, { scope: 'instance' });
    await engine.settle();
  });

  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };
  const cause = async (postId: string) => (await engine.explain(postId))[0];

  it.each([
    ['workspace', 'for this workspace', 'Switch the platform on.'],
    ['instance', 'for everybody on this server', 'Ask whoever runs this server to switch it on.'],
  ] as const)('for the %s is not called, and it is told who switched it off', async (scope, whom, remedy) => {
    await engine.switchPlatform('fake', false, { scope });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(engine.server.calls).toBe(0);
    expect(await only(postId)).toMatchObject({ status: 'skipped', reason: 'platform_disabled' });
    expect(await cause(postId)).toMatchObject({
      code: 'platform_disabled',
      message: `It was passed over, because the platform was switched off ${whom}.`,
      remedy: `${remedy} Then retry it.`,
    });
    await expect(engine.retry((await only(postId)).id)).rejects.toMatchObject({ code: 'platform_disabled' });
  });

  it.each(['workspace', 'instance'] as const)(
    'for the %s lets what is due wait when it is told to, and a switch on sends it, at no cost of a retry',
    async (scope) => {
      await engine.switchPlatform('fake', false, { scope, whenDue: 'wait' });
      const postId = await engine.post({ accounts: [account] });
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'held', waitingFor: { reason: 'platform_off' } });
      const whom = scope === 'workspace' ? 'for this workspace' : 'for everybody on this server';
      expect(await cause(postId)).toMatchObject({
        code: 'platform_disabled',
        message: `The platform is switched off ${whom}: what is due there waits.`,
      });
      await engine.advance(30 * hour);
      await engine.settle();
      expect(engine.server.calls).toBe(0);

      await engine.switchPlatform('fake', true, { scope });
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'published' });
      expect(await engine.rows('SELECT retries FROM publications WHERE post_id = $1', [postId])).toEqual([
        { retries: 0 },
      ]);
    },
  );

  it('passes over what waits once it is told to', async () => {
    await engine.switchPlatform('fake', false, { whenDue: 'wait' });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    await engine.switchPlatform('fake', false, { whenDue: 'skip' });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'skipped' });
  });

  it('stays off for all while the instance has it off, whatever the workspace says', async () => {
    await engine.switchPlatform('fake', false, { scope: 'instance', whenDue: 'wait' });
    await engine.switchPlatform('fake', true);
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'held' });
  });

  it('that is switched on by somebody of another workspace wakes what waits here', async () => {
    await engine.switchPlatform('fake', false, { scope: 'instance', whenDue: 'wait' });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    const elsewhere = newId();
    await engine.rows(`INSERT INTO workspaces (id, name) VALUES ($1, 'The operator')`, [elsewhere]);
    await engine.unitOfWork.run(elsewhere, () =>
      engine.app.get(PlatformSwitching).switch('fake', { scope: 'instance', enabled: true, whenDue: 'skip' }),
    );
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('is told to every workspace that has something open there, and again when it is on for it', async () => {
    const told = (workspaceId: string) =>
      engine.rows(
        `SELECT type, data ->> 'reason' AS reason FROM outbox
          WHERE workspace_id = $1 AND type LIKE 'publishing.platform-%' ORDER BY position`,
        [workspaceId],
      );
    const before = (await told(engine.workspaceId)).length;
    await engine.post({ accounts: [account], inMs: hour });
    await engine.settle();
    const elsewhere = newId();
    await engine.rows(`INSERT INTO workspaces (id, name) VALUES ($1, 'Another operator')`, [elsewhere]);
    const byOperator = (enabled: boolean): Promise<void> =>
      engine.unitOfWork.run(elsewhere, () =>
        engine.app.get(PlatformSwitching).switch('fake', { scope: 'instance', enabled, whenDue: 'skip' }),
      );
    await byOperator(false);
    await engine.switchPlatform('fake', false);
    await byOperator(true);
    await engine.switchPlatform('fake', true);
    const [paused, resumed] = ['publishing.platform-paused', 'publishing.platform-resumed'];
    expect((await told(engine.workspaceId)).slice(before)).toEqual([
      { type: paused, reason: 'switched_off_for_all' },
      { type: paused, reason: 'switched_off' },
      { type: resumed, reason: null },
    ]);
    expect(await told(elsewhere)).toEqual([
      { type: paused, reason: 'switched_off_for_all' },
      { type: resumed, reason: null },
    ]);
  });

  it('and on again while a run falls asleep lets that run go on at once', async () => {
    await engine.switchPlatform('fake', false, { whenDue: 'wait' });
    const postId = await engine.post({ accounts: [account] });
    // Between the gate, which finds it off, and the sleep it is switched on, when nobody waits yet.
    const gate = jest
      .spyOn(engine.app.get(PlatformSwitches), 'switchedOff')
      .mockImplementationOnce(async () => {
        await engine.rows(`UPDATE platform_switches SET enabled = true WHERE platform = 'fake'`);
        return { by: 'workspace', whenDue: 'wait' };
      });
    await engine.settle();
    gate.mockRestore();
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });
});
