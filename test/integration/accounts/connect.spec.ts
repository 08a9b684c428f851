import { createHash } from 'node:crypto';
import {
  ConflictError,
  GoneError,
  NotFoundError,
  ValidationFailedError,
} from '../../../src/common/errors/index.js';
import {
  CredentialVault,
  PlatformUnavailableError,
  type Caller,
  type ConnectSessionView,
} from '../../../src/modules/accounts/index.js';
import { AccountsFixture, choice } from './accounts.fixture.js';
import { authExpired, outage } from './fake.platforms.js';

const hour = 3_600_000;

describe('connecting', () => {
  let fixture: AccountsFixture;
  let caller: Caller;

  beforeAll(async () => {
    fixture = await AccountsFixture.start();
  });

  beforeEach(async () => {
    caller = await fixture.workspace();
    for (const connector of [fixture.formy, fixture.oauthy]) {
      connector.calls.length = 0;
      connector.choices = [];
      connector.onComplete = () => Promise.resolve();
    }
  });

  afterEach(() => fixture.setClockOffset(0));
  afterAll(() => fixture.stop());

  const rules = async (attempt: Promise<unknown>): Promise<string[]> => {
    const error: unknown = await attempt.then(
      () => new Error('it was taken'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof ValidationFailedError)) throw error;
    return error.violations.map(({ pointer, rule }) => `${pointer} ${rule}`);
  };

  describe('by a form', () => {
    it('goes from fields over choices to accounts', async () => {
      fixture.formy.choices = [choice('p-1', 'page-token-1'), choice('p-2', 'page-token-2')];
      const started = await fixture.connect.start(caller, 'formy', {});
      expect(started).toMatchObject({ status: 'started', authorizeUrl: null, choices: null, accounts: null });
      expect(started.fields?.map(({ name }) => name)).toEqual(['handle', 'token', 'port']);
      const { sessionId } = started;

      const completed = await fixture.connect.complete(caller, sessionId, {
        credentials: { handle: 'anna', token: 'form-token' },
      });
      expect(fixture.formy.given.at(-1)).toEqual({ handle: 'anna', token: 'form-token', port: '25' });
      expect(completed).toMatchObject({ status: 'choose', fields: null });
      expect(completed.choices).toEqual([
        { externalId: 'p-1', displayName: 'Account p-1', handle: '@p-1', avatarUrl: null },
        { externalId: 'p-2', displayName: 'Account p-2', handle: '@p-2', avatarUrl: null },
      ]);

      const done = await fixture.connect.select(caller, sessionId, ['p-2']);
      expect(done.accounts).toMatchObject([
        { state: 'connected', ref: { externalId: 'p-2', platform: 'formy' } },
      ]);
      expect(await fixture.connect.get(caller, sessionId)).toEqual(done);
      expect(await fixture.events(caller.workspaceId)).toEqual(['connected']);
      expect((await fixture.audit(caller.workspaceId)).map(({ action }) => action)).toEqual([
        'api-key.created',
        'connect.started',
        'account.connected',
      ]);
    });

    it('names everything that is wrong with the fields at once, and asks nobody', async () => {
      const { sessionId } = await fixture.connect.start(caller, 'formy', {});
      const credentials = { token: '', port: 'many', other: 'x' };
      expect(await rules(fixture.connect.complete(caller, sessionId, { credentials }))).toEqual([
        '/credentials/other unknown_field',
        '/credentials/handle required',
        '/credentials/token required',
        '/credentials/port number',
      ]);
      expect(
        await rules(fixture.connect.complete(caller, sessionId, { callbackUrl: 'https://x.example' })),
      ).toEqual(['/credentials connect_method']);
      expect(fixture.formy.calls).toEqual([]);
    });

    it('stays open when the platform refuses the values or is out of order', async () => {
      const { sessionId } = await fixture.connect.start(caller, 'formy', {});
      const input = { credentials: { handle: 'anna', token: 'wrong' } };
      fixture.formy.onComplete = () => Promise.reject(authExpired('formy.wrong_password'));
      expect(await rules(fixture.connect.complete(caller, sessionId, input))).toEqual([
        '/credentials formy.wrong_password',
      ]);
      fixture.formy.onComplete = () => Promise.reject(outage('formy.down'));
      await expect(fixture.connect.complete(caller, sessionId, input)).rejects.toThrow(
        PlatformUnavailableError,
      );
      fixture.formy.onComplete = () => Promise.resolve();
      expect(await rules(fixture.connect.complete(caller, sessionId, input))).toEqual([
        '/credentials nothing_to_connect',
      ]);
      expect((await fixture.connect.get(caller, sessionId)).status).toBe('started');
    });

    it('is completed by one of two callers that try at the same moment', async () => {
      fixture.formy.choices = [choice('p-1', 't')];
      const { sessionId } = await fixture.connect.start(caller, 'formy', {});
      const input = { credentials: { handle: 'anna', token: 't' } };
      let second: Promise<ConnectSessionView> | null = null;
      fixture.formy.onComplete = async () => {
        fixture.formy.onComplete = () => Promise.resolve();
        second = fixture.connect.complete(caller, sessionId, input);
        await expect(second).rejects.toThrow(ConflictError);
      };
      expect((await fixture.connect.complete(caller, sessionId, input)).status).toBe('choose');
      expect(second).not.toBeNull();
      expect(fixture.formy.calls).toEqual(['completeForm']);
    });
  });

  describe('by OAuth', () => {
    const start = async (redirectUri?: string) => {
      const session = await fixture.connect.start(caller, 'oauthy', {
        fields: { server: 'https://oauthy.example' },
        redirectUri,
      });
      const authorize = new URL(session.authorizeUrl ?? '');
      const landed = new URL(authorize.searchParams.get('redirect_uri') ?? '');
      landed.searchParams.set('state', authorize.searchParams.get('state') ?? '');
      return { session, authorize, landed };
    };

    it('sends a state and an S256 challenge, and hands the verifier to the exchange', async () => {
      fixture.oauthy.choices = [choice('o-1', 'oauth-token')];
      const { session, authorize, landed } = await start();
      expect(session).toMatchObject({ status: 'started', fields: null });
      expect(landed.href).toContain('http://127.0.0.1:3000/api/v1/accounts/connect/callback?');
      landed.searchParams.set('code', 'the-code');
      landed.searchParams.set('iss', 'https://oauthy.example');
      const completed = await fixture.connect.complete(caller, session.sessionId, {
        callbackUrl: landed.href,
      });
      expect(completed.choices).toHaveLength(1);
      expect(completed.authorizeUrl).toBeNull();
      const callback = fixture.oauthy.callbacks.at(-1);
      expect(callback).toMatchObject({
        code: 'the-code',
        redirectUri: 'http://127.0.0.1:3000/api/v1/accounts/connect/callback',
        session: { clientSecret: 'client-secret-of-the-session' },
        parameters: { iss: 'https://oauthy.example' },
      });
      const challenge = createHash('sha256')
        .update(callback?.codeVerifier ?? '')
        .digest('base64url');
      expect(challenge).toBe(authorize.searchParams.get('code_challenge'));
      const done = await fixture.connect.select(caller, session.sessionId, ['o-1']);
      expect(done.accounts).toMatchObject([{ ref: { platform: 'oauthy' } }]);
    });

    it('keeps neither state, verifier nor session readable', async () => {
      const { session, landed } = await start();
      const [row] = await fixture.rows(
        `SELECT to_jsonb(s) - 'ciphertext' AS plain, encode(ciphertext, 'escape') AS sealed
           FROM connect_sessions s WHERE id = $1`,
        [session.sessionId],
      );
      const kept = JSON.stringify(row);
      expect(kept).not.toContain(landed.searchParams.get('state'));
      expect(kept).not.toContain('client-secret-of-the-session');
      expect(kept).not.toContain('codeVerifier');
    });

    it('takes no answer to another session, to another address, or without a code', async () => {
      const { session, landed } = await start();
      const { landed: other } = await start();
      const complete = (url: URL) =>
        rules(fixture.connect.complete(caller, session.sessionId, { callbackUrl: url.href }));
      other.searchParams.set('code', 'c');
      expect(await complete(other)).toEqual(['/callbackUrl state_mismatch']);
      const elsewhere = new URL(landed);
      elsewhere.host = 'evil.example';
      expect(await complete(elsewhere)).toEqual(['/callbackUrl redirect_mismatch']);
      expect(await complete(landed)).toEqual(['/callbackUrl code_missing']);
      const stateless = new URL(landed);
      stateless.searchParams.delete('state');
      expect(await complete(stateless)).toEqual(['/callbackUrl state_mismatch']);
      expect(fixture.oauthy.calls).toEqual(['startOAuth', 'startOAuth']);
    });

    it('says that access was denied, and lets the person think again', async () => {
      fixture.oauthy.choices = [choice('o-1', 't')];
      const { session, landed } = await start();
      const denied = new URL(landed);
      denied.searchParams.set('error', 'access_denied');
      expect(
        await rules(fixture.connect.complete(caller, session.sessionId, { callbackUrl: denied.href })),
      ).toEqual(['/callbackUrl access_denied']);
      landed.searchParams.set('code', 'c');
      const completed = await fixture.connect.complete(caller, session.sessionId, {
        callbackUrl: landed.href,
      });
      expect(completed.status).toBe('choose');
    });

    it('refuses a replayed completion and a second selection', async () => {
      fixture.oauthy.choices = [choice('o-1', 't')];
      const { session, landed } = await start();
      landed.searchParams.set('code', 'c');
      const { sessionId } = session;
      await expect(fixture.connect.select(caller, sessionId, ['o-1'])).rejects.toThrow(ConflictError);
      await fixture.connect.complete(caller, sessionId, { callbackUrl: landed.href });
      await expect(fixture.connect.complete(caller, sessionId, { callbackUrl: landed.href })).rejects.toThrow(
        ConflictError,
      );
      expect(await rules(fixture.connect.select(caller, sessionId, ['o-1', 'nobody']))).toEqual([
        '/externalIds/1 unknown_choice',
      ]);
      expect(await rules(fixture.connect.select(caller, sessionId, []))).toEqual(['/externalIds required']);
      await fixture.connect.select(caller, sessionId, ['o-1']);
      await expect(fixture.connect.select(caller, sessionId, ['o-1'])).rejects.toThrow(ConflictError);
      expect(fixture.oauthy.calls).toEqual(['startOAuth', 'completeOAuth']);
    });

    it('ends after half an hour', async () => {
      const { session, landed } = await start();
      landed.searchParams.set('code', 'c');
      await fixture.setClockOffset(hour);
      await expect(fixture.connect.get(caller, session.sessionId)).rejects.toThrow(GoneError);
      const late = fixture.connect.complete(caller, session.sessionId, { callbackUrl: landed.href });
      await expect(late).rejects.toThrow(GoneError);
      await fixture.setClockOffset(30 * hour);
      await fixture.connect.start(caller, 'formy', {});
      await expect(fixture.connect.get(caller, session.sessionId)).rejects.toThrow(NotFoundError);
    });

    it('goes back to a redirect address of the client when that is safe', async () => {
      const { landed } = await start('https://app.example/back');
      expect(landed.href).toContain('https://app.example/back?state=');
      for (const unsafe of [
        'http://app.example/back',
        'javascript:alert(1)',
        'nonsense',
        'https://a.example/#x',
      ]) {
        expect(await rules(start(unsafe))).toEqual(['/redirectUri redirect_uri']);
      }
    });

    it('asks for the fields that the authorize URL needs', async () => {
      expect(await rules(fixture.connect.start(caller, 'oauthy', {}))).toEqual(['/fields/server required']);
      await expect(fixture.connect.start(caller, 'nowhere', {})).rejects.toThrow(NotFoundError);
    });
  });

  it('keeps the id, and counts the version on, when an account is connected again', async () => {
    const vault = fixture.module.get(CredentialVault, { strict: false });
    const first = await fixture.connectForm(caller, 'same', 'token-1');
    const again = await fixture.connectForm(caller, 'same', 'token-2');
    expect(again.ref.id).toBe(first.ref.id);
    expect(await vault.use(caller.workspaceId, first.ref.id)).toEqual({
      values: { token: 'token-2', refreshToken: 'refresh-token-2' },
      version: 2,
    });
    expect(await fixture.events(caller.workspaceId)).toEqual(['connected', 'reconnected']);
  });
});
