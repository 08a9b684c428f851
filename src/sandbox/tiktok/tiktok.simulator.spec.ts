import { objectAt, stringAt, type JsonObject } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { ALL_SCOPES, dataOf, errorOf, film, TiktokRig } from './tiktok.rig.js';
import { createTiktokSimulator } from './tiktok.simulator.js';

const HOUR_MS = 60 * 60_000;
const clip = film(540, 960, 3);
const CREATOR = '/v2/post/publish/creator_info/query/';

describe('TikTok simulator: who may do what', () => {
  let sandbox: Sandbox;
  let client: TiktokRig;
  let alice: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      port: 0,
      simulators: [{ key: 'tiktok', create: createTiktokSimulator }],
    });
  });
  beforeEach(async () => {
    sandbox.control.reset();
    client = new TiktokRig(sandbox);
    alice = account({});
    await client.logIn(alice);
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  const account = (change: JsonObject, username = 'alice'): string =>
    sandbox.control.createAccount('tiktok', { username, ...change }).id;
  const whole = (size: number): JsonObject => ({
    ...{ source: 'FILE_UPLOAD', video_size: size, chunk_size: size, total_chunk_count: 1 },
  });

  describe('a login', () => {
    it('gives a token for two hours, with the id of the person and what was granted', async () => {
      const { json } = await client.redeem(
        await client.code(alice, ALL_SCOPES, { 'declined[]': 'video.list' }),
      );
      expect(json).toMatchObject({
        ...{ open_id: alice, expires_in: 7200, refresh_expires_in: 15_552_000, token_type: 'Bearer' },
        scope: 'user.info.basic,user.info.profile,user.info.stats,video.publish,video.upload',
      });
    });

    it('is renewed with a refresh token that works once, and says so with the status of a success', async () => {
      const first = stringAt((await client.redeem(await client.code(alice))).json, 'refresh_token') ?? '';
      const renewed = await client.refresh(first);
      expect(stringAt(renewed.json, 'refresh_token')).not.toBe(first);
      const again = await client.refresh(first);
      expect([again.status, again.json]).toEqual([
        200,
        {
          ...{ error: 'invalid_grant', error_description: 'Refresh token is invalid or expired.' },
          log_id: expect.any(String),
        },
      ]);
      sandbox.control.configure('tiktok', { oauthErrorStatus: 400 });
      const wrong = await client.give({ grant_type: 'refresh_token', client_secret: 'wrong' });
      expect([wrong.status, wrong.json]).toMatchObject([
        400,
        { error: 'invalid_client', error_description: 'Client key or secret is incorrect.' },
      ]);
    });

    it('ends after two hours, or when the person says so', async () => {
      sandbox.control.advanceClock(2 * HOUR_MS);
      expect(errorOf(await client.post(CREATOR))).toEqual([401, 'access_token_invalid']);
      await client.logIn(alice);
      sandbox.control.endTokens('tiktok', alice, 'revoke');
      expect(errorOf(await client.post(CREATOR))).toEqual([401, 'access_token_invalid']);
    });

    it('is for what was granted', async () => {
      await client.logIn(alice, 'user.info.basic,video.upload');
      expect(errorOf(await client.post(CREATOR))).toEqual([401, 'scope_not_authorized']);
      expect(errorOf(await client.video(whole(10)))).toEqual([401, 'scope_not_authorized']);
      expect(errorOf(await client.list())).toEqual([401, 'scope_not_authorized']);
      expect(errorOf(await client.photos(['http://127.0.0.1/a.jpg']))).toEqual([401, 'scope_not_authorized']);
      const known = await client.get('/v2/user/info/?fields=open_id,display_name');
      expect(objectAt(objectAt(known.json, 'data') ?? {}, 'user')).toEqual({
        ...{ open_id: alice, display_name: 'Alice' },
      });
      expect(errorOf(await client.get('/v2/user/info/?fields=username'))).toEqual([
        401,
        'scope_not_authorized',
      ]);
      expect(errorOf(await client.get('/v2/user/info/'))).toEqual([400, 'invalid_params']);
    });
  });

  describe('a creator', () => {
    it('lets choose who sees a post', async () => {
      const open = await client.post(CREATOR);
      expect(objectAt(open.json, 'data')).toMatchObject({
        ...{ creator_username: 'alice', creator_nickname: 'Alice', max_video_post_duration_sec: 600 },
        ...{ comment_disabled: false, duet_disabled: false, stitch_disabled: false },
        privacy_level_options: ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'],
      });
      expect(objectAt(open.json, 'error')).toEqual({
        ...{ code: 'ok', message: '', log_id: expect.any(String) },
      });
      account({ private: true, commentDisabled: true, maxDurationSec: 180 });
      const closed = await client.post(CREATOR);
      expect(objectAt(closed.json, 'data')).toMatchObject({
        ...{ comment_disabled: true, max_video_post_duration_sec: 180 },
        privacy_level_options: ['MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR', 'SELF_ONLY'],
      });
      expect(errorOf(await client.video(whole(10)))).toEqual([403, 'privacy_level_option_mismatch']);
    });

    it('who is banned posts nothing', async () => {
      account({ banned: true });
      const refusal = [403, 'spam_risk_user_banned_from_posting'];
      expect(errorOf(await client.post(CREATOR))).toEqual(refusal);
      expect(errorOf(await client.video(whole(10)))).toEqual(refusal);
      expect(errorOf(await client.draft(whole(10)))).toEqual(refusal);
    });

    it('posts so often in a day', async () => {
      sandbox.control.configure('tiktok', { postsPerDay: 1 });
      await client.upload(clip);
      expect(errorOf(await client.post(CREATOR))).toEqual([403, 'spam_risk_too_many_posts']);
      expect(errorOf(await client.video(whole(10)))).toEqual([403, 'spam_risk_too_many_posts']);
      sandbox.control.advanceClock(24 * HOUR_MS);
      await client.logIn(alice);
      expect(errorOf(await client.video(whole(10)))).toEqual([200, 'ok']);
    });

    it('has so many drafts that wait', async () => {
      sandbox.control.configure('tiktok', { pendingShares: 1 });
      expect(errorOf(await client.draft(whole(10)))).toEqual([200, 'ok']);
      expect(errorOf(await client.draft(whole(10)))).toEqual([400, 'spam_risk_too_many_pending_share']);
    });

    it('with an old app takes no pictures as a draft', async () => {
      account({ oldApp: true });
      const draft = { post_mode: 'MEDIA_UPLOAD', post_info: { title: 'Heading' } };
      const answer = await client.photos(['http://127.0.0.1:9/a.jpg'], draft);
      expect(errorOf(answer)).toEqual([400, 'app_version_check_failed']);
    });
  });

  describe('an app', () => {
    it('without audit posts for private accounts, and for themselves only', async () => {
      sandbox.control.configure('tiktok', { audited: false });
      const refusal = [403, 'unaudited_client_can_only_post_to_private_accounts'];
      expect(errorOf(await client.video(whole(10)))).toEqual(refusal);
      expect(errorOf(await client.video(whole(10), { privacy_level: 'SELF_ONLY' }))).toEqual(refusal);
      account({ private: true });
      const answer = await client.video(whole(10), { privacy_level: 'SELF_ONLY' });
      expect(errorOf(answer)).toEqual([200, 'ok']);
    });

    it('posts for so many creators in a day', async () => {
      sandbox.control.configure('tiktok', { activeCreators: 1 });
      await client.upload(clip);
      await client.logIn(account({}, 'bob'));
      expect(errorOf(await client.post(CREATOR))).toEqual([403, 'reached_active_user_cap']);
      await client.logIn(alice);
      expect(errorOf(await client.post(CREATOR))).toEqual([200, 'ok']);
    });

    it('asks so often in a minute, for each token', async () => {
      for (let no = 0; no < 6; no += 1) {
        expect(errorOf(await client.video(whole(10)))).toEqual([200, 'ok']);
      }
      expect(errorOf(await client.video(whole(10)))).toEqual([429, 'rate_limit_exceeded']);
      expect(errorOf(await client.draft(whole(10)))).toEqual([200, 'ok']);
      sandbox.control.advanceClock(60_000);
      expect(dataOf(await client.video(whole(10)), 'publish_id')).toMatch(/^v_pub_file~.{1,53}$/);
    });
  });
});
