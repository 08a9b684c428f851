import { AccountOptions } from '../../../../src/modules/accounts/index.js';
import { DeletionService, MetricsService } from '../../../../src/modules/publishing/index.js';
import type { Bench } from '../bench.js';
import type { Contract } from '../suite.js';

/** What can be done with a post that is out: take it back, read its figures. And what settings can be. */
export function describeAfterwards({ profile, bench }: Contract): void {
  describeDeletion({ profile, bench });
  describeMetrics({ profile, bench });

  describe('live options', () => {
    for (const { setting, options } of profile.options ?? []) {
      it(`of ${setting} are asked for`, async () => {
        const account = await bench().connect();
        const asked = { setting, query: null, cursor: null };
        const list = await bench()
          .engine.app.get(AccountOptions)
          .list(bench().engine.workspaceId, account.id, asked);
        expect(list.options).toEqual(
          expect.arrayContaining(options.map((one): unknown => expect.objectContaining(one))),
        );
      });
    }

    it('have a case each', () => {
      const { properties } = bench().publisher.descriptor.settings;
      const live = Object.keys(properties).filter((name) => properties[name]?.['x-live-options'] === true);
      expect((profile.options ?? []).map(({ setting }) => setting).sort()).toEqual(live.sort());
    });
  });
}

type Given = Pick<Contract, 'profile' | 'bench'>;

function describeDeletion({ profile, bench }: Given): void {
  const { deletion, several } = profile;
  const remove = (id: string): Promise<void> =>
    bench().engine.app.get(DeletionService).delete(bench().caller(), id);

  describe('deleting a post', () => {
    if (deletion === undefined) {
      it('is answered with what a person can do', async () => {
        const account = await bench().connect();
        const { id } = await bench().publish(account, bench().plain('Here to stay'));
        await expect(remove(id)).rejects.toMatchObject({
          code: 'delete_by_hand',
          details: { remedy: bench().publisher.descriptor.capabilities.deleteAdvice },
        });
        expect(bench().inbox(account)).toHaveLength(1);
        expect(bench().publisher.descriptor.capabilities.deleteAdvice).toEqual(expect.any(String));
      });
      return;
    }

    it('takes it back, once, and records the call', async () => {
      const account = await bench().connect();
      const { id, postId } = await bench().publish(account, bench().plain('Not for long'));
      await remove(id);
      await remove(id);
      expect(bench().inbox(account)).toEqual([]);
      expect(callsOf(bench(), deletion.operation)).toBe(1);
      expect(await bench().publication(postId)).toMatchObject({
        status: 'published',
        deletedAt: expect.any(Date),
      });
      expect(await rowsOf(bench(), id)).toEqual([{ outcome: 'done' }]);
    });

    it.each([
      ['reset-before', 1],
      ['reset-after', 0],
    ] as const)('whose answer is lost (%s) is asked for again', async (kind, left) => {
      const account = await bench().connect();
      const { id } = await bench().publish(account, bench().plain(`Lost by ${kind}`));
      bench().fault({ kind }, { operation: deletion.operation });
      await expect(remove(id)).rejects.toMatchObject({ code: 'platform_unavailable' });
      expect(bench().inbox(account)).toHaveLength(left);
      await remove(id);
      expect(bench().inbox(account)).toEqual([]);
      expect(await rowsOf(bench(), id)).toEqual([{ outcome: 'unknown' }, { outcome: 'done' }]);
    });

    if (several === null) return;
    it('of several calls takes back all of them', async () => {
      const account = await bench().connect(profile.connectForSeveral);
      const { id } = await bench().publish(account, several.draft);
      await remove(id);
      expect(bench().inbox(account)).toEqual([]);
    });
  });

  it('says by its capabilities whether posts can be deleted', () => {
    expect(bench().publisher.descriptor.capabilities.canDelete).toBe(deletion !== undefined);
  });
}

function describeMetrics({ profile, bench }: Given): void {
  const { metrics } = profile;
  const read = (id: string) => bench().engine.app.get(MetricsService).read(bench().engine.workspaceId, id);

  it('reads the figures that its capabilities name, and asks no more often than it has to', async () => {
    const account = await bench().connect();
    const { id } = await bench().publish(account, bench().plain('How many?'));
    const [entry] = bench().inbox(account);
    if (entry !== undefined) metrics?.prepare?.(bench().control, entry);
    const view = await read(id);
    expect(view.available).toEqual(bench().publisher.descriptor.capabilities.metrics ?? []);
    expect(view.values).toEqual(metrics?.values ?? {});
    expect(Object.keys(metrics?.values ?? {}).sort()).toEqual([...view.available].sort());
    expect(await read(id)).toEqual(view);
    if (metrics !== undefined) expect(callsOf(bench(), metrics.operation)).toBe(1);
  });
}

function callsOf({ control, key, accounts }: Bench, operation: string): number {
  const own = accounts.map(({ there }) => there.id);
  return control
    .calls(key)
    .filter((call) => call.operation === operation && call.account !== null && own.includes(call.account))
    .length;
}

function rowsOf({ engine }: Bench, publicationId: string): Promise<unknown[]> {
  return engine.rows('SELECT outcome FROM deletions WHERE publication_id = $1 ORDER BY started_at', [
    publicationId,
  ]);
}
