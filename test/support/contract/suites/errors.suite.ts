import type { ErrorSample } from '../profile.js';
import type { Contract } from '../suite.js';

/** Every row of the platform's error table, fed through the client by an answer of the sheet. */
export function describeErrors({ key, profile, bench }: Contract): void {
  const samples = profile.errors ?? [];

  describe('an answer that refuses', () => {
    it('is there for every row of the error table, and for no other', () => {
      const rows = bench().publisher.descriptor.errors?.rows.map(({ name }) => name) ?? [];
      expect([...new Set(samples.map(({ row }) => row))].sort()).toEqual([...new Set(rows)].sort());
    });

    for (const [index, sample] of samples.entries()) {
      it(`(${sample.status} ${JSON.stringify(sample.body ?? null).slice(0, 100)}) is ${sample.row}`, async () => {
        const account = await bench().connect();
        const { status, headers, body } = sample;
        const action = {
          kind: 'status' as const,
          status,
          ...(headers === undefined ? {} : { headers }),
          ...(body === undefined ? {} : { body }),
        };
        bench().fault(action, matchOf(sample));
        const postId = await bench().post(account, sample.draft ?? bench().plain(`Refused ${index}`));
        await bench().engine.settle();
        const seen = await bench().engine.rows(
          `SELECT e.error ->> 'code' AS code, e.error ->> 'kind' AS kind FROM (
             SELECT c.error FROM calls c JOIN publications p ON p.id = c.publication_id WHERE p.post_id = $1
             UNION ALL
             SELECT a.error FROM attempts a JOIN publications p ON p.id = a.publication_id WHERE p.post_id = $1
           ) e WHERE e.error IS NOT NULL`,
          [postId],
        );
        expect(seen).toContainEqual({ code: `${key}.${sample.row}`, kind: sample.kind });
        await bench().rest();
      });
    }
  });
}

function matchOf({ operation }: ErrorSample): { operation: string } | { visible: true } {
  return operation === undefined ? { visible: true } : { operation };
}
