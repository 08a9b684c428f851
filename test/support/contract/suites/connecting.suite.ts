import { AccountsService } from '../../../../src/modules/accounts/index.js';
import type { Contract } from '../suite.js';

/** Connecting, checking, disconnecting; and what comes of credentials that end. */
export function describeConnecting({ profile, bench, report }: Contract): void {
  const { auth } = profile;

  describe('connecting', () => {
    it('gives an account that the platform confirms', async () => {
      const account = await bench().connect();
      const checked = await bench().engine.app.get(AccountsService).check(bench().caller(), account.id);
      expect(checked).toMatchObject({ account: { state: 'connected' }, failure: null });
      expect(await bench().account(account)).toMatchObject({ state: 'connected', lastErrorCode: null });
    });

    it('again keeps the id, with new credentials that work', async () => {
      const account = await bench().connect();
      await bench().engine.app.get(AccountsService).disconnect(bench().caller(), account.id);
      const again = await bench().reconnect(account);
      expect(again).toMatchObject({ ref: { id: account.id }, state: 'connected' });
      expect(await bench().publish(account, bench().plain('Back again'))).toMatchObject({
        status: 'published',
      });
      expect(bench().inbox(account)).toHaveLength(1);
    });
  });

  describe('credentials that end', () => {
    const renewed = auth.filter(({ then }) => then === 'renewed');
    const expired = auth.filter(({ then }) => then === 'expired');

    for (const { name, end, connect } of renewed) {
      it(`(${name}) are renewed, and the post goes out once`, async () => {
        const account = await bench().connect(connect);
        end(bench().control, account.there.id);
        expect(await bench().publish(account, bench().plain('With fresh credentials'))).toMatchObject({
          status: 'published',
        });
        expect(bench().inbox(account)).toHaveLength(1);
        expect(await bench().account(account)).toMatchObject({ state: 'connected' });
        report.note('fault', name, 'published 1');
      });
    }

    for (const { name, end, connect } of expired) {
      it(`(${name}) end the publication and the account, until it is connected again`, async () => {
        const account = await bench().connect(connect);
        end(bench().control, account.there.id);
        expect(await bench().publish(account, bench().plain('With ended credentials'))).toMatchObject({
          status: 'failed',
          error: { kind: 'auth_expired', retryable: false },
        });
        expect(bench().inbox(account)).toHaveLength(0);
        expect(await bench().account(account)).toMatchObject({
          state: 'expired',
          lastErrorCode: expect.any(String),
        });

        await bench().reconnect(account);
        expect(await bench().account(account)).toMatchObject({ state: 'connected' });
        expect(await bench().publish(account, bench().plain('With new credentials'))).toMatchObject({
          status: 'published',
        });
        expect(bench().inbox(account)).toHaveLength(1);
        report.note('fault', name, 'failed 0');
      });
    }
  });
}
