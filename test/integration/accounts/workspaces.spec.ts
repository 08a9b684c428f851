import { ApiKeyService, WorkspaceService } from '../../../src/modules/accounts/index.js';
import { hashSecret } from '../../../src/common/crypto/index.js';
import { AccountsFixture } from './accounts.fixture.js';

const minute = 60_000;

describe('workspaces and API keys', () => {
  let fixture: AccountsFixture;
  let keys: ApiKeyService;

  beforeAll(async () => {
    fixture = await AccountsFixture.start();
    keys = fixture.module.get(ApiKeyService, { strict: false });
  });

  afterEach(() => fixture.setClockOffset(0));
  afterAll(() => fixture.stop());

  it('makes the first workspace and its key once when many processes start together', async () => {
    const service = fixture.module.get(WorkspaceService, { strict: false });
    const started = await Promise.all(Array.from({ length: 6 }, () => service.ensureFirst()));
    expect(new Set(started.map(({ workspaceId }) => workspaceId)).size).toBe(1);
    const made = started.flatMap(({ apiKey }) => apiKey ?? []);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatch(/^fan_[A-Za-z0-9_-]{43}$/);
    expect(await keys.authenticate(made[0] ?? '')).toMatchObject({
      workspaceId: started[0]?.workspaceId,
      scopes: ['read', 'write', 'admin', 'operator'],
    });
    expect((await service.ensureFirst()).apiKey).toBeNull();
  });

  it('keeps the hash of a key and never the key', async () => {
    const caller = await fixture.workspace();
    const { key, secret } = await keys.create(caller, { name: 'CI', scopes: ['write'], expiresAt: null });
    const [row] = await fixture.rows('SELECT * FROM api_keys WHERE id = $1', [key.id]);
    expect(row).toMatchObject({ hash: hashSecret(secret), prefix: secret.slice(0, 12), scopes: ['write'] });
    expect(JSON.stringify(row)).not.toContain(secret);
    const found = await keys.authenticate(`Bearer ${secret}`);
    expect(found).toEqual({ workspaceId: caller.workspaceId, keyId: key.id, scopes: ['write'] });
  });

  it('lets in neither strangers nor revoked nor expired keys', async () => {
    const caller = await fixture.workspace();
    const revoked = await keys.create(caller, { name: 'a', scopes: ['read'], expiresAt: null });
    const soon = new Date(new Date().getTime() + minute);
    const ending = await keys.create(caller, { name: 'b', scopes: ['read'], expiresAt: soon });
    await keys.revoke(caller, revoked.key.id);
    await keys.revoke(caller, revoked.key.id);
    expect(await keys.authenticate(revoked.secret)).toBeNull();
    expect(await keys.authenticate(`fan_${'x'.repeat(43)}`)).toBeNull();
    expect(await keys.authenticate('')).toBeNull();
    expect(await keys.authenticate(ending.secret)).not.toBeNull();
    await fixture.setClockOffset(2 * minute);
    expect(await keys.authenticate(ending.secret)).toBeNull();
    const listed = await keys.list(caller.workspaceId);
    expect(listed.map(({ name, revokedAt }) => [name, revokedAt !== null])).toEqual([
      ['b', false],
      ['a', true],
      ['Test', false],
    ]);
  });

  it('notes the last use at most once a minute', async () => {
    const caller = await fixture.workspace();
    const { key, secret } = await keys.create(caller, { name: 'c', scopes: ['read'], expiresAt: null });
    const lastUse = async () =>
      (await keys.list(caller.workspaceId)).find(({ id }) => id === key.id)?.lastUsedAt;
    await keys.authenticate(secret);
    const first = await lastUse();
    expect(first).not.toBeNull();
    await keys.authenticate(secret);
    expect(await lastUse()).toEqual(first);
    await fixture.setClockOffset(2 * minute);
    await keys.authenticate(secret);
    expect(await lastUse()).not.toEqual(first);
  });

  it('writes down who made and revoked a key, for good', async () => {
    const caller = await fixture.workspace();
    const { key } = await keys.create(caller, { name: 'd', scopes: ['read'], expiresAt: null });
    await keys.revoke(caller, key.id);
    expect((await fixture.audit(caller.workspaceId)).slice(1)).toEqual([
      { action: 'api-key.created', key_id: caller.keyId, subject_type: 'api-key', subject_id: key.id },
      { action: 'api-key.revoked', key_id: caller.keyId, subject_type: 'api-key', subject_id: key.id },
    ]);
    const rewrite = fixture.unitOfWork.run(caller.workspaceId, (manager) =>
      manager.query(`UPDATE audit_entries SET action = 'nothing'`),
    );
    await expect(rewrite).rejects.toThrow('permission denied');
  });
});
