import { describeWithSpecs } from '../../requirements.js';
import type { Contract } from '../suite.js';

/** Requests and the simulator's answers, beside what the platform itself has written down. */
export function describeOfficial({ profile, bench }: Contract): void {
  if (profile.official === undefined) return;

  describeWithSpecs('the official description of the API', () => {
    it('is held against every request and every answer, here and in all tests before', async () => {
      const account = await bench().connect();
      await bench().publish(account, bench().plain('As it is described'));
      expect(bench().official?.compared).toBeGreaterThan(0);
    });
  });
}
