import { BrandsService } from '../../../src/modules/accounts/index.js';
import { BrandChanges } from '../../../src/api/brands/brand.changes.js';
import { HoldService } from '../../../src/modules/publishing/index.js';
import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;

describe('a brand on hold', () => {
  let engine: Engine;
  let changes: BrandChanges;
  let brandId: string;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
    changes = new BrandChanges(engine.unitOfWork, engine.app.get(BrandsService), engine.app.get(HoldService));
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`branded${number}`);
    brandId = (await engine.app.get(BrandsService).create(caller(), `Brand ${number}`)).id;
    engine.behaviour.publish = null;
    engine.server.calls = 0;
  });

  const caller = () => ({ workspaceId: engine.workspaceId, keyId: null });
  const assign = (to: string | null) => changes.assign(caller(), account, to);
  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };
  const brand = () => ({ scope: 'brand', subjectId: brandId }) as const;

  it('holds what its accounts have planned, says so, and sends it when it is resumed', async () => {
    await assign(brandId);
    const other = await engine.connect(`unbranded${number}`);
    const postId = await engine.post({ accounts: [account], inMs: minute });
    const free = await engine.post({ accounts: [other], inMs: minute });
    await engine.settle();
    expect(await engine.hold(brand())).toBe(1);
    await engine.advance(2 * minute);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'held' });
    expect(await only(free)).toMatchObject({ status: 'published' });
    expect((await engine.explain(postId))[0]).toMatchObject({
      code: 'held',
      message: 'The brand is on hold: nothing of it goes out.',
    });
    expect(await engine.resume(brand())).toBe(1);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('lets no call through to a run that is under way when it is held', async () => {
    await assign(brandId);
    engine.behaviour.publish = async (ctx, client) => {
      await engine.hold(brand());
      return ctx.commit('part:0', () => client.create(ctx.account.externalId, ctx.content.text));
    };
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(engine.server.calls).toBe(0);
    expect(await only(postId)).toMatchObject({ status: 'held' });
    engine.behaviour.publish = null;
    await engine.resume(brand());
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('holds an account that joins it while a run is under way, and lets it go when it leaves', async () => {
    await engine.hold(brand());
    engine.behaviour.publish = async (ctx, client) => {
      await assign(brandId);
      return ctx.commit('part:0', () => client.create(ctx.account.externalId, ctx.content.text));
    };
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(engine.server.calls).toBe(0);
    expect(await only(postId)).toMatchObject({ status: 'held' });
    engine.behaviour.publish = null;
    await assign(null);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('is deleted only when no account belongs to it, and its hold with it', async () => {
    await assign(brandId);
    await engine.hold(brand());
    await expect(changes.remove(caller(), brandId)).rejects.toMatchObject({
      code: 'brand_not_empty',
      details: { remedy: expect.any(String) },
    });
    await assign(null);
    await changes.remove(caller(), brandId);
    expect(await engine.rows('SELECT FROM holds WHERE subject_id = $1', [brandId])).toEqual([]);
  });
});
