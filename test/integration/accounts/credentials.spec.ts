import { UnitOfWorkError } from '../../../src/common/database/index.js';
import { ConflictError } from '../../../src/common/errors/index.js';
import { AccountsService, CredentialVault, type Caller } from '../../../src/modules/accounts/index.js';
import { PublishError } from '../../../src/platforms/core/index.js';
import { AccountsFixture } from './accounts.fixture.js';
import { authExpired, outage } from './fake.platforms.js';

const minute = 60_000;

describe('credentials', () => {
  let fixture: AccountsFixture;
  let vault: CredentialVault;
  let accounts: AccountsService;
  let caller: Caller;
  let accountId: string;

  beforeAll(async () => {
    fixture = await AccountsFixture.start();
    vault = fixture.module.get(CredentialVault, { strict: false });
    accounts = fixture.module.get(AccountsService, { strict: false });
  });

  beforeEach(async () => {
    caller = await fixture.workspace();
    accountId = (await fixture.connectForm(caller, 'anna', 'very-secret-token')).ref.id;
    const { formy, delay } = fixture;
    formy.calls.length = 0;
    formy.onRefresh = ({ version }) =>
      Promise.resolve({
        credentials: { token: `renewed-${version}` },
        expiresAt: null,
        metadata: { renewed: true },
      });
    formy.onCheck = () => Promise.resolve();
    formy.onRevoke = () => Promise.resolve();
    delay.waits = 0;
    delay.meanwhile = () => Promise.resolve();
  });

  afterEach(() => fixture.setClockOffset(0));
  afterAll(() => fixture.stop());

  const use = () => vault.use(caller.workspaceId, accountId);
  const renew = (version: number) => vault.renew(caller.workspaceId, accountId, version);
  const stateOf = async () => (await accounts.get(caller.workspaceId, accountId)).state;
  const gate = () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    return { opened, open };
  };

  it('lie sealed, and open only for their account and version', async () => {
    expect(await use()).toMatchObject({ values: { token: 'very-secret-token' }, version: 1 });
    const rows = await fixture.rows(
      `SELECT encode(c.ciphertext, 'escape') AS sealed, encode(c.nonce, 'hex') AS nonce, to_jsonb(a) AS account
         FROM account_credentials c JOIN accounts a ON a.id = c.account_id WHERE c.account_id = $1`,
      [accountId],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('secret-token');
    await fixture.rows(`UPDATE account_credentials SET version = 2 WHERE account_id = $1`, [accountId]);
    await expect(use()).rejects.toThrow('does not open');
  });

  it('of one login are renewed together: a refresh token may work only once', async () => {
    const other = (await fixture.connectForm(caller, 'bea', 'very-secret-token')).ref.id;
    const stranger = (await fixture.connectForm(caller, 'cleo', 'token-of-cleo')).ref.id;
    const renewOther = (version: number) => vault.renew(caller.workspaceId, other, version);
    fixture.formy.calls.length = 0;
    const { opened, open } = gate();
    fixture.delay.meanwhile = () => Promise.resolve(open());
    let good = 'refresh-very-secret-token';
    fixture.formy.onRefresh = async ({ values, version }) => {
      await opened;
      if (values['refreshToken'] !== good) throw authExpired('formy.refresh_token_used');
      good = `refresh-${version + 1}`;
      return { credentials: { token: `access-${version + 1}`, refreshToken: good }, expiresAt: null };
    };
    const outcomes = await Promise.all([renew(1), renewOther(1)]);
    expect(outcomes.sort()).toEqual(['already_renewed', 'renewed']);
    expect(fixture.formy.calls).toEqual(['refresh v1']);
    for (const id of [accountId, other]) {
      expect(await vault.use(caller.workspaceId, id)).toEqual({
        values: { token: 'access-2', refreshToken: 'refresh-2' },
        version: 2,
      });
    }
    expect(await renewOther(2)).toBe('renewed');
    expect(await renew(2)).toBe('already_renewed');
    expect(await use()).toMatchObject({ values: { token: 'access-3' }, version: 3 });
    expect(await vault.use(caller.workspaceId, stranger)).toMatchObject({
      values: { token: 'token-of-cleo' },
      version: 1,
    });
  });

  it('of one login that cannot be renewed end each for itself', async () => {
    const other = (await fixture.connectForm(caller, 'bea', 'very-secret-token')).ref.id;
    fixture.formy.onRefresh = () => Promise.reject(authExpired('formy.refresh_token_used'));
    expect(await vault.renew(caller.workspaceId, other, 1)).toBe('expired');
    expect(await stateOf()).toBe('connected');
    expect(await renew(1)).toBe('expired');
    expect(await stateOf()).toBe('expired');
  });

  it('of one login are renewed together also where it was never noted that they are', async () => {
    const other = (await fixture.connectForm(caller, 'bea', 'very-secret-token')).ref.id;
    const damaged = (await fixture.connectForm(caller, 'cleo', 'token-of-cleo')).ref.id;
    await fixture.rows(`UPDATE account_credentials SET login = 'unread' WHERE workspace_id = $1`, [
      caller.workspaceId,
    ]);
    await fixture.rows(
      `UPDATE account_credentials SET ciphertext = 'nothing that opens'::bytea WHERE account_id = $1`,
      [damaged],
    );
    fixture.formy.onRefresh = () =>
      Promise.resolve({ credentials: { token: 'new', refreshToken: 'next' }, expiresAt: null });
    expect(await renew(1)).toBe('renewed');
    expect(await vault.use(caller.workspaceId, other)).toMatchObject({
      values: { token: 'new' },
      version: 2,
    });
    expect(
      await fixture.rows(
        `SELECT account_id FROM account_credentials WHERE workspace_id = $1 AND login = 'unread'`,
        [caller.workspaceId],
      ),
    ).toEqual([{ account_id: damaged }]);
  });

  it("are renewed although another account's credentials of the platform cannot be opened", async () => {
    const damaged = (await fixture.connectForm(caller, 'cleo', 'token-of-cleo')).ref.id;
    await fixture.rows(
      `UPDATE account_credentials SET ciphertext = 'nothing that opens'::bytea WHERE account_id = $1`,
      [damaged],
    );
    await expect(vault.use(caller.workspaceId, damaged)).rejects.toThrow('does not open');
    expect(await renew(1)).toBe('renewed');
    expect(await use()).toMatchObject({ values: { token: 'renewed-1' }, version: 2 });
  });

  it('are renewed by one call when several find them ended', async () => {
    const { opened, open } = gate();
    fixture.formy.onRefresh = async () => {
      await opened;
      return { credentials: { token: 'fresh' }, expiresAt: null };
    };
    fixture.delay.meanwhile = () => Promise.resolve(open());
    const outcomes = await Promise.all([renew(1), renew(1), renew(1)]);
    expect(outcomes.sort()).toEqual(['already_renewed', 'already_renewed', 'renewed']);
    expect(fixture.formy.calls).toEqual(['refresh v1']);
    expect(fixture.delay.waits).toBeGreaterThan(0);
    expect(await use()).toEqual({ values: { token: 'fresh' }, version: 2 });
    expect(await renew(1)).toBe('already_renewed');
    expect(fixture.formy.calls).toEqual(['refresh v1']);
  });

  it('carry the facts and the end that came with them', async () => {
    const end = new Date('2031-01-01T00:00:00Z');
    fixture.formy.onRefresh = () =>
      Promise.resolve({ credentials: { token: 'x' }, expiresAt: end, metadata: { extra: 1 } });
    expect(await renew(1)).toBe('renewed');
    const { ref, expiresAt } = await accounts.get(caller.workspaceId, accountId);
    expect(ref.metadata).toEqual({ server: 'https://example.test', extra: 1 });
    expect(expiresAt).toEqual(end);
  });

  it.each([
    ['the platform refuses', () => Promise.reject(authExpired('formy.revoked')), 'formy.revoked'],
    ['there is no way', () => Promise.resolve(null), 'formy.credentials_ended'],
  ])('expire once, with one event, when %s', async (_, onRefresh, code) => {
    fixture.formy.onRefresh = onRefresh;
    expect(await Promise.all([renew(1), renew(1), renew(1)])).toEqual(['expired', 'expired', 'expired']);
    expect(await renew(1)).toBe('expired');
    expect(fixture.formy.calls).toEqual(['refresh v1']);
    expect(await accounts.get(caller.workspaceId, accountId)).toMatchObject({
      state: 'expired',
      lastErrorCode: code,
    });
    expect(await fixture.events(caller.workspaceId)).toEqual(['connected', 'expired']);
    await expect(use()).rejects.toMatchObject({ kind: 'auth_expired', code: 'formy.account_expired' });
  });

  it('stay as they are when the platform is out of order, and those who waited do not ask again', async () => {
    const { opened, open } = gate();
    fixture.formy.onRefresh = async () => {
      await opened;
      throw outage('formy.down');
    };
    fixture.delay.meanwhile = () => Promise.resolve(open());
    const settled = await Promise.allSettled([renew(1), renew(1)]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(fixture.formy.calls).toEqual(['refresh v1']);
    expect(await stateOf()).toBe('connected');
    expect(await fixture.events(caller.workspaceId)).toEqual(['connected']);
    fixture.formy.onRefresh = () => Promise.resolve({ credentials: { token: 'ok' }, expiresAt: null });
    expect(await renew(1)).toBe('renewed');
  });

  it('are renewed by another when the first one died, and late news of it is still taken', async () => {
    const { opened, open } = gate();
    const asked = gate();
    fixture.formy.onRefresh = async () => {
      fixture.formy.onRefresh = () => Promise.reject(authExpired('formy.reused'));
      asked.open();
      await opened;
      return { credentials: { token: 'late' }, expiresAt: null };
    };
    const first = renew(1);
    await asked.opened;
    fixture.delay.meanwhile = () => fixture.setClockOffset(2 * minute);
    const second = await renew(1);
    expect(second).toBe('expired');
    expect(await stateOf()).toBe('expired');
    open();
    expect(await first).toBe('renewed');
    expect(await stateOf()).toBe('connected');
    expect((await use()).values).toEqual({ token: 'late' });
  });

  it('of a reconnect win over a renewal that is under way', async () => {
    fixture.formy.onRefresh = async () => {
      await fixture.connectForm(caller, 'anna', 'by-hand');
      return { credentials: { token: 'by-machine' }, expiresAt: null };
    };
    expect(await renew(1)).toBe('already_renewed');
    expect(await use()).toMatchObject({ values: { token: 'by-hand' }, version: 2 });
  });

  it('are not renewed while a transaction is open', async () => {
    const inside = fixture.unitOfWork.run(caller.workspaceId, () => renew(1));
    await expect(inside).rejects.toThrow(UnitOfWorkError);
    expect(fixture.formy.calls).toEqual([]);
  });

  describe('on disconnecting', () => {
    it('are deleted, the platform is told, the row stays', async () => {
      await accounts.disconnect(caller, accountId);
      await accounts.disconnect(caller, accountId);
      expect(fixture.formy.calls).toEqual(['revoke very-secret-token']);
      expect(
        await fixture.rows(`SELECT 1 FROM account_credentials WHERE account_id = $1`, [accountId]),
      ).toEqual([]);
      expect(await stateOf()).toBe('disconnected');
      expect(await fixture.events(caller.workspaceId)).toEqual(['connected', 'disconnected']);
      await expect(use()).rejects.toThrow(PublishError);
      expect(await renew(1)).toBe('expired');
      await expect(accounts.check(caller, accountId)).rejects.toThrow(ConflictError);
      const again = await fixture.connectForm(caller, 'anna', 'new');
      expect(again).toMatchObject({ state: 'connected', ref: { id: accountId } });
      expect((await use()).version).toBe(2);
    });

    it('are deleted also when the platform cannot be told', async () => {
      fixture.formy.onRevoke = () => Promise.reject(outage('formy.down'));
      await accounts.disconnect(caller, accountId);
      expect(await stateOf()).toBe('disconnected');
    });
  });

  describe('on checking', () => {
    it('bring the names up to date', async () => {
      const { account, failure } = await accounts.check(caller, accountId);
      expect(failure).toBeNull();
      expect(account).toMatchObject({ state: 'connected', ref: { displayName: 'Account anna!' } });
      expect(account.ref.metadata).toEqual({ server: 'https://example.test', seen: 1 });
    });

    it('are renewed once when they have ended', async () => {
      fixture.formy.onCheck = ({ version }) =>
        version === 1 ? Promise.reject(authExpired('formy.ended')) : Promise.resolve();
      expect((await accounts.check(caller, accountId)).failure).toBeNull();
      expect(fixture.formy.calls).toEqual(['check v1', 'refresh v1', 'check v2']);
    });

    it('expire when the renewed ones are refused too', async () => {
      fixture.formy.onCheck = () => Promise.reject(authExpired('formy.ended'));
      const { account, failure } = await accounts.check(caller, accountId);
      expect(failure).toMatchObject({ kind: 'auth_expired', code: 'formy.ended' });
      expect(account.state).toBe('expired');
      expect(fixture.formy.calls).toEqual(['check v1', 'refresh v1', 'check v2']);
      expect(await fixture.events(caller.workspaceId)).toEqual(['connected', 'expired']);
    });

    it('conclude nothing when the platform is out of order', async () => {
      fixture.formy.onCheck = () => Promise.reject(outage('formy.down'));
      const { account, failure } = await accounts.check(caller, accountId);
      expect(failure).toMatchObject({ kind: 'transient' });
      expect(account.state).toBe('connected');
    });

    it('revive an account that was taken for expired', async () => {
      fixture.formy.onRefresh = () => Promise.resolve(null);
      await renew(1);
      expect(await stateOf()).toBe('expired');
      const { account, failure } = await accounts.check(caller, accountId);
      expect(failure).toBeNull();
      expect(account).toMatchObject({ state: 'connected', lastErrorCode: null });
      expect(await fixture.events(caller.workspaceId)).toEqual(['connected', 'expired', 'reconnected']);
    });
  });

  it('pages through accounts, newest first', async () => {
    for (const name of ['b', 'c', 'd']) await fixture.connectForm(caller, name, name);
    const first = await accounts.list(caller.workspaceId, {
      limit: 3,
      platform: 'formy',
      state: 'connected',
    });
    expect(first.items.map(({ ref }) => ref.externalId)).toEqual(['d', 'c', 'b']);
    const second = await accounts.list(caller.workspaceId, { limit: 3, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ ref }) => ref.externalId)).toEqual(['anna']);
    expect(second.nextCursor).toBeNull();
    expect((await accounts.list(caller.workspaceId, { platform: 'oauthy' })).items).toEqual([]);
  });
});
