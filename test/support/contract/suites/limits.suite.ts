import { jest } from '@jest/globals';
import { ValidationFailedError } from '../../../../src/common/errors/index.js';
import type { Contract } from '../suite.js';

/** Each limit from both sides: ours is neither stricter nor looser than the platform's. */
export function describeLimits({ profile, bench }: Contract): void {
  describe('the limit of', () => {
    for (const limit of profile.limits) {
      it(`${limit.name}: the longest goes out, one more is refused before`, async () => {
        limit.prepare?.(bench().control);
        const account = await bench().connect();
        expect(await bench().publish(account, limit.longest)).toMatchObject({ status: 'published' });
        const calls = bench().visibleCalls().length;

        const refusal: unknown = await bench()
          .post(account, limit.tooLong)
          .catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(ValidationFailedError);
        expect(refusal).toMatchObject({
          violations: expect.arrayContaining([
            expect.objectContaining({
              rule: limit.rule,
              pointer: expect.any(String),
              remedy: expect.any(String),
            }),
          ]),
        });
        expect(bench().visibleCalls()).toHaveLength(calls);
      });

      if (!limit.enforcedByPlatform) continue;
      it(`${limit.name}: the platform refuses one more as well`, async () => {
        limit.prepare?.(bench().control);
        const account = await bench().connect();
        const preflight = jest.spyOn(bench().publisher, 'preflight').mockReturnValue([]);
        const publication = await bench()
          .publish(account, limit.tooLong)
          .finally(() => preflight.mockRestore());
        expect(publication).toMatchObject({ status: 'failed', error: { kind: 'content_refused' } });
        expect(bench().inbox(account)).toEqual([]);
      });
    }
  });
}
