import { expectFenced, FenceWatch } from '../fence-watch.js';
import { keptTable, kindTable, type SeenKind } from '../kind-table.js';
import { promisesOf } from '../promises.js';
import type { Contract } from '../suite.js';

/** Every kind of post that the platform promises, as people see it. */
export function describeKinds({ key, profile, bench, report }: Contract): void {
  describe('a post of the kind, each visible call held until its start is read on another connection:', () => {
    it('is tested for everything that capabilities and settings promise, and for nothing else', () => {
      const kept = [...new Set(profile.kinds.flatMap(({ keeps }) => keeps))].sort();
      expect(kept).toEqual([...promisesOf(bench().publisher.descriptor)].sort());
    });

    const table: SeenKind[] = [];

    for (const kind of profile.kinds) {
      it(kind.name, async () => {
        kind.prepare?.(bench().control);
        const account = await bench().connect();
        const postId = await bench().post(account, kind.draft);
        const watched = await FenceWatch.during(bench(), () => bench().rest());
        expectFenced(bench(), watched);
        const publication = await bench().publication(postId);
        const entries = bench().inbox(account);
        expect(entries).toMatchObject(kind.seen);
        expect(entries).toHaveLength(kind.seen.length);
        const [first] = entries;
        if (first === undefined) {
          expect(publication).toMatchObject({ status: 'failed', error: { code: kind.refusedWith } });
        } else {
          expect(publication).toMatchObject({
            status: 'published',
            error: null,
            platformPostId: profile.postIdOf(first),
            permalink: first.permalink,
          });
        }
        const commits = await bench().engine.rows(
          'SELECT key FROM commits WHERE publication_id = $1 ORDER BY position',
          [publication.id],
        );
        table.push({
          kind,
          commits: commits.map(({ key }) => String(key)),
          operations: bench()
            .visibleCalls()
            .map(({ operation }) => operation),
          outcome: kind.refusedWith ?? publication.status,
        });
        const outcome = kind.refusedWith === undefined ? publication.status : 'refused';
        for (const name of kind.keeps) report.note('kind', name, outcome);
      });
    }

    it('is in the written table of kinds as it was seen here', async () => {
      const written = await kindTable(bench().publisher.descriptor, table);
      expect(table).toHaveLength(profile.kinds.length);
      expect(keptTable(key, written)).toBe(written);
    });
  });
}
