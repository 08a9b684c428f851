import {
  AccountsService,
  CredentialVault,
  LoginSweep,
  type Caller,
} from '../../../src/modules/accounts/index.js';
import { AccountsFixture } from './accounts.fixture.js';
import { authExpired, outage } from './fake.platforms.js';

const day = 86_400_000;

describe('a login that ends soon', () => {
  let fixture: AccountsFixture;
  let sweep: LoginSweep;
  let caller: Caller;
  let accountId: string;

  beforeAll(async () => {
    fixture = await AccountsFixture.start();
    sweep = fixture.module.get(LoginSweep, { strict: false });
  });
  beforeEach(async () => {
    await fixture.rows(`UPDATE accounts SET state = 'disconnected'`);
    caller = await fixture.workspace();
    accountId = (await fixture.connectForm(caller, 'anna', 'first-token')).ref.id;
    fixture.formy.calls.length = 0;
    fixture.formy.onRefresh = () =>
      Promise.resolve({ credentials: { token: 'second' }, expiresAt: inDays(60) });
    await endsInDays(5);
  });
  afterEach(() => fixture.setClockOffset(0));
  afterAll(() => fixture.stop());

  const inDays = (days: number): Date => new Date(Date.now() + days * day);
  const endsInDays = (days: number) =>
    fixture.rows(`UPDATE accounts SET expires_at = fanfare.now() + make_interval(days => $2) WHERE id = $1`, [
      accountId,
      days,
    ]);
  const account = () =>
    fixture.module.get(AccountsService, { strict: false }).get(caller.workspaceId, accountId);

  it('is renewed days before, by one call, and nobody is told', async () => {
    const both = await Promise.all([sweep.sweepOnce(), sweep.sweepOnce()]);
    expect(both.map(({ renewed }) => renewed).sort()).toEqual([0, 1]);
    expect(both.map(({ told }) => told)).toEqual([0, 0]);
    expect(fixture.formy.calls).toEqual(['refresh v1']);
    const vault = fixture.module.get(CredentialVault, { strict: false });
    expect(await vault.use(caller.workspaceId, accountId)).toEqual({
      values: { token: 'second' },
      version: 2,
    });
    expect(await account()).toMatchObject({ state: 'connected', reconnectBy: null });
    expect(await fixture.events(caller.workspaceId)).toEqual(['connected']);
    expect(await fixture.audit(caller.workspaceId)).toContainEqual(
      expect.objectContaining({ action: 'account.credentials-renewed', key_id: null }),
    );
    expect(await sweep.sweepOnce()).toEqual({ renewed: 0, told: 0 });
  });

  it('is left alone while its end is far, or unknown', async () => {
    await endsInDays(20);
    expect(await sweep.sweepOnce()).toEqual({ renewed: 0, told: 0 });
    await fixture.rows(`UPDATE accounts SET expires_at = NULL WHERE id = $1`, [accountId]);
    expect(await sweep.sweepOnce()).toEqual({ renewed: 0, told: 0 });
    expect(fixture.formy.calls).toEqual([]);
  });

  it.each([
    ['there is no way', () => Promise.resolve(null)],
    ['the platform refuses', () => Promise.reject(authExpired('formy.revoked'))],
  ])('stays connected when %s, and each end is told of once', async (_, onRefresh) => {
    fixture.formy.onRefresh = onRefresh;
    expect(await sweep.sweepOnce()).toEqual({ renewed: 0, told: 1 });
    const { state, reconnectBy, expiresAt } = await account();
    expect([state, reconnectBy]).toEqual(['connected', expiresAt]);
    expect(await fixture.events(caller.workspaceId)).toEqual(['connected', 'ending']);
    expect(await fixture.audit(caller.workspaceId)).toContainEqual(
      expect.objectContaining({ action: 'account.ending' }),
    );
    await fixture.setClockOffset(day);
    expect(await sweep.sweepOnce()).toEqual({ renewed: 0, told: 0 });
    expect(fixture.formy.calls).toEqual(['refresh v1', 'refresh v1']);

    await fixture.connectForm(caller, 'anna', 'third-token');
    expect(await account()).toMatchObject({ reconnectBy: null });
  });

  it('is told of when what is renewed ends no later', async () => {
    const { expiresAt } = await account();
    fixture.formy.onRefresh = () => Promise.resolve({ credentials: { token: 'second' }, expiresAt });
    expect(await sweep.sweepOnce()).toEqual({ renewed: 1, told: 1 });
    expect(await account()).toMatchObject({ reconnectBy: expiresAt });
  });

  it('is tried again hours later when the platform is out of order; on the last day somebody is told', async () => {
    fixture.formy.onRefresh = () => Promise.reject(outage('formy.down'));
    expect(await sweep.sweepOnce()).toEqual({ renewed: 0, told: 0 });
    expect(await sweep.sweepOnce()).toEqual({ renewed: 0, told: 0 });
    expect(fixture.formy.calls).toEqual(['refresh v1']);
    await fixture.setClockOffset(4.5 * day);
    expect(await sweep.sweepOnce()).toEqual({ renewed: 0, told: 1 });
    expect(fixture.formy.calls).toEqual(['refresh v1', 'refresh v1']);
    expect(await account()).toMatchObject({ state: 'connected' });
  });
});
