import {
  AccountDirectory,
  AccountsService,
  ApiKeyService,
  CredentialVault,
  type Caller,
} from '../../../src/modules/accounts/index.js';
import { NotFoundError } from '../../../src/common/errors/index.js';
import { AccountsFixture } from './accounts.fixture.js';

describe('two workspaces', () => {
  let fixture: AccountsFixture;
  let one: Caller;
  let other: Caller;

  beforeAll(async () => {
    fixture = await AccountsFixture.start();
    one = await fixture.workspace();
    other = await fixture.workspace();
  });

  afterAll(() => fixture.stop());

  it('do not find, use, renew, check or disconnect accounts of each other', async () => {
    const account = await fixture.connectForm(one, 'a-1', 'secret-of-one');
    const { id } = account.ref;
    const accounts = fixture.module.get(AccountsService, { strict: false });
    const vault = fixture.module.get(CredentialVault, { strict: false });
    const directory = fixture.module.get(AccountDirectory, { strict: false });
    await expect(accounts.get(other.workspaceId, id)).rejects.toThrow(NotFoundError);
    await expect(accounts.check(other, id)).rejects.toThrow(NotFoundError);
    await expect(accounts.disconnect(other, id)).rejects.toThrow(NotFoundError);
    await expect(vault.use(other.workspaceId, id)).rejects.toThrow(NotFoundError);
    await expect(vault.renew(other.workspaceId, id, 1)).rejects.toThrow(NotFoundError);
    expect((await accounts.list(other.workspaceId, {})).items).toEqual([]);
    expect(await fixture.unitOfWork.run(other.workspaceId, () => directory.findMany([id]))).toEqual([]);
    expect((await vault.use(one.workspaceId, id)).values['token']).toBe('secret-of-one');
  });

  it('may each connect the same account of a platform', async () => {
    const mine = await fixture.connectForm(one, 'shared', 't1');
    const theirs = await fixture.connectForm(other, 'shared', 't2');
    expect(mine.ref.id).not.toBe(theirs.ref.id);
  });

  it('do not see connect sessions and keys of each other', async () => {
    const { sessionId } = await fixture.connect.start(one, 'formy', {});
    await expect(fixture.connect.get(other, sessionId)).rejects.toThrow(NotFoundError);
    const keys = fixture.module.get(ApiKeyService, { strict: false });
    const [key] = await keys.list(one.workspaceId);
    await expect(keys.revoke(other, key?.id ?? '')).rejects.toThrow(NotFoundError);
  });

  it('see one workspace row: their own', async () => {
    const seen = await fixture.unitOfWork.run(one.workspaceId, (manager) =>
      manager.query<{ id: string }[]>('SELECT id FROM workspaces'),
    );
    expect(seen).toEqual([{ id: one.workspaceId }]);
  });

  it('cannot move a row to each other', async () => {
    const smuggle = fixture.unitOfWork.run(one.workspaceId, (manager) =>
      manager.query(`INSERT INTO brands (workspace_id, id, name) VALUES ($1, gen_random_uuid(), 'x')`, [
        other.workspaceId,
      ]),
    );
    await expect(smuggle).rejects.toThrow('row-level security');
  });
});
