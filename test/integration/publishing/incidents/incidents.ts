import { WakeSweep } from '../../../../src/modules/publishing/wake.sweep.js';
import { PlanCommands, type Reason, RestorationService } from '../../../../src/modules/publishing/index.js';
import { PublishError } from '../../../../src/platforms/core/index.js';
import { type IncidentStage, minute, status } from './incident.stage.js';
import { goneFile, renditionUnderWay, renewalUnderWay, unfitFile } from './staged.runs.js';

type Matching = { readonly [key in keyof Reason]?: unknown };

export interface Incident {
  /** What has happened. */
  readonly when: string;
  /** Answers the post that somebody asks about; or what is said of it, where another process is asked. */
  stage(stage: IncidentStage): Promise<string | Reason>;
  /** What the first line says. */
  readonly says: Matching;
  /** Minutes until it is looked at next, at least. */
  readonly minutes?: number;
}

const text = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const moment: unknown = expect.any(Date);

/** What keeps a post from going out, or ended it, and the true cause that `explain` names first. */
export const incidents: readonly Incident[] = [
  {
    when: 'its time has not come',
    stage: (stage) => stage.later(10 * minute),
    says: { code: 'due_time', message: 'Its time has not come yet.' },
    minutes: 8,
  },
  {
    when: 'the token was revoked',
    stage: (stage) => stage.sent(status(401), status(401)),
    says: { code: 'fake.status_401', remedy: expect.any(String) },
  },
  {
    when: 'the login is being renewed',
    stage: renewalUnderWay,
    says: {
      code: 'login_renewing',
      message: 'The login of the account is being renewed; it goes on with the new one.',
    },
  },
  {
    when: 'the account was disconnected',
    stage: async (stage) => {
      const postId = await stage.soon();
      await stage.engine.rows(`UPDATE accounts SET state = 'disconnected' WHERE id = $1`, [stage.account]);
      await stage.engine.advance(minute);
      return postId;
    },
    says: { code: 'account_disconnected', remedy: 'Connect the account again.' },
  },
  {
    when: 'the platform asks us to wait',
    stage: (stage) => stage.sent(status(429, { 'retry-after': '600' })),
    says: { code: 'limit_reached', message: 'The platform has asked this account to pause.' },
    minutes: 8,
  },
  {
    when: 'what the platform takes of the account in a time is used up',
    stage: async (stage) => {
      stage.engine.behaviour.pacing = {
        rates: [{ name: 'posts', per: 'account', max: 1, periodMs: 60 * minute }],
      };
      await stage.sent();
      return stage.sent();
    },
    says: { code: 'limit_reached', message: text(/used up/) },
    minutes: 30,
  },
  {
    when: 'the platform is down for everybody',
    stage: async (stage) => {
      stage.engine.behaviour.circuit = { outages: 2, windowMs: 10 * minute };
      await stage.sent(status(503));
      await stage.sent(status(503));
      return stage.sent();
    },
    says: { code: 'circuit_open', until: moment },
  },
  {
    when: 'the workspace has the platform switched off',
    stage: async (stage) => {
      const postId = await stage.soon();
      await stage.engine.switchPlatform('fake', false);
      await stage.engine.advance(minute);
      return postId;
    },
    says: {
      code: 'platform_disabled',
      message: text(/for this workspace/),
      remedy: 'Switch the platform on.',
    },
  },
  {
    when: 'the workspace had the platform switched off at its time',
    stage: async (stage) => {
      const postId = await stage.soon();
      await stage.engine.switchPlatform('fake', false);
      await stage.due();
      return postId;
    },
    says: {
      code: 'platform_disabled',
      message: 'It was passed over, because the platform was switched off for this workspace.',
    },
  },
  {
    when: 'whoever runs the server has the platform switched off',
    stage: async (stage) => {
      const postId = await stage.soon();
      await stage.engine.switchPlatform('fake', false, { scope: 'instance', whenDue: 'wait' });
      await stage.due();
      return postId;
    },
    says: {
      code: 'platform_disabled',
      message: 'The platform is switched off for everybody on this server: what is due there waits.',
      remedy: 'Ask whoever runs this server to switch it on.',
    },
  },
  {
    when: 'whoever runs the server had the platform switched off at its time',
    stage: async (stage) => {
      const postId = await stage.soon();
      await stage.engine.switchPlatform('fake', false, { scope: 'instance' });
      await stage.due();
      return postId;
    },
    says: {
      code: 'platform_disabled',
      message: 'It was passed over, because the platform was switched off for everybody on this server.',
    },
  },
  {
    when: 'the platform is off in the configuration',
    stage: async (stage) => {
      const postId = await stage.soon();
      const other = await stage.otherProcess({ PLATFORM_FAKE_ENABLED: 'false' });
      await stage.engine.advance(minute);
      return stage.cause(postId, other);
    },
    says: { code: 'platform_disabled', message: text(/in the configuration of this server/) },
  },
  ...(['post', 'account', 'workspace'] as const).map((scope): Incident => ({
    when: `the ${scope} is on hold`,
    stage: async (stage) => {
      const postId = await stage.soon();
      const subjectId = { post: postId, account: stage.account, workspace: stage.engine.workspaceId }[scope];
      await stage.engine.hold({ scope, subjectId });
      await stage.due();
      return postId;
    },
    says: { code: 'held', message: `The ${scope} is on hold: nothing of it goes out.`, remedy: 'Resume it.' },
  })),
  {
    when: 'it is too late, and nobody is asked',
    stage: (stage) => late(stage, 'skip'),
    says: { code: 'too_late', message: 'It was passed over, because it was later than the post allows.' },
  },
  {
    when: 'it is too late, and somebody is asked',
    stage: (stage) => late(stage, 'ask'),
    says: { code: 'too_late', remedy: text(/POST \/api\/v1\/posts\/\{id\}\/late/) },
  },
  {
    when: 'no worker is there',
    stage: async (stage) => {
      const postId = await stage.later(minute);
      await stage.engine.advance(6 * minute);
      await stage.onlyPresent('scheduler');
      return postId;
    },
    says: { code: 'no_worker', remedy: 'Start a worker.' },
  },
  {
    when: 'the last worker has given no sign of life for a while',
    stage: async (stage) => {
      const postId = await stage.later(minute);
      await stage.present('all');
      await stage.engine.advance(6 * minute);
      return postId;
    },
    says: { code: 'no_worker' },
  },
  {
    when: 'the scheduler is gone and nothing is handed over',
    stage: async (stage) => {
      const postId = await stage.later(10 * minute);
      await stage.engine.advance(16 * minute);
      await stage.onlyPresent('worker');
      return postId;
    },
    says: { code: 'no_scheduler', remedy: 'Start a scheduler.' },
  },
  {
    when: 'a worker has it',
    stage: (stage) => stage.running(),
    says: { code: 'in_progress' },
    minutes: 5,
  },
  {
    when: 'the worker died in the middle, and no other is there',
    stage: async (stage) => {
      const postId = await stage.running();
      await stage.engine.rows('DELETE FROM processes');
      return postId;
    },
    says: { code: 'worker_gone', remedy: 'Start a worker.' },
  },
  {
    when: 'the worker died in the middle, and another is there',
    stage: async (stage) => {
      const postId = await stage.running();
      await stage.engine.advance(15 * minute);
      await stage.present('all');
      return postId;
    },
    says: {
      code: 'worker_gone',
      message: 'The worker that had it has gone silent; another one takes it over.',
      remedy: null,
    },
  },
  {
    when: 'the engine died on it again and again',
    stage: async (stage) => {
      const postId = await stage.running();
      await stage.engine.rows('UPDATE publications SET claims = 5 WHERE post_id = $1', [postId]);
      await stage.engine.advance(15 * minute);
      await stage.engine.app.get(WakeSweep).sweepOnce();
      await stage.engine.settle();
      return postId;
    },
    says: { code: 'engine.crash', message: text(/^The engine stopped several times/) },
  },
  {
    when: 'the clock of the process that is asked jumped',
    stage: async (stage) => {
      stage.jumpClock();
      return stage.sent();
    },
    says: { code: 'clock_jumped', remedy: 'Check the time service of the machine.' },
  },
  {
    when: 'the clock of another process jumped',
    stage: async (stage) => {
      stage.jumpClock();
      const postId = await stage.sent();
      await stage.steadyClock();
      return postId;
    },
    says: { code: 'clock_jump', message: text(/^The clock of the machine jumped/) },
  },
  {
    when: 'the queue was wiped',
    stage: async (stage) => {
      const postId = await stage.later(minute);
      stage.engine.queue.wipe();
      await stage.engine.advance(6 * minute);
      await stage.present('all');
      return postId;
    },
    says: { code: 'busy', message: text(/waits for its turn/) },
  },
  {
    when: 'a file of it is still being made to fit',
    stage: renditionUnderWay,
    says: { code: 'media', message: 'A file of it is still being made to fit the platform.' },
  },
  {
    when: 'a file of it cannot be made to fit',
    stage: unfitFile,
    says: { code: 'media.cannot_be_made', remedy: text(/^Give this target another file/) },
  },
  {
    when: 'the bytes of a file of it are gone',
    stage: goneFile,
    says: {
      code: 'retry',
      message: text(/A file of the post cannot be read/),
      remedy: text(/^Bring the storage/),
    },
  },
  {
    when: 'the platform is still working on it',
    stage: async (stage) => {
      stage.engine.behaviour.publish = async (ctx) => {
        const wait = { delaysMs: [5 * minute], giveUpAfterMs: 60 * minute };
        await ctx.waitFor('ready', () => Promise.resolve({ ready: false }), wait);
        throw new Error('it is never ready');
      };
      return stage.sent();
    },
    says: { code: 'look', message: 'The platform has taken it and is still working on it.' },
    minutes: 3,
  },
  {
    when: 'the answer was lost',
    stage: (stage) => stage.sent({ kind: 'reset-before' }),
    says: {
      code: 'reconcile',
      message: text(
        /^The answer of the platform was lost; .* counts from \d{4}-[\dT:.-]+Z on; until then it is not sent again\.$/,
      ),
      until: moment,
    },
  },
  {
    when: 'the answer was lost, and only a person can tell',
    stage: async (stage) => {
      const { behaviour } = stage.engine;
      behaviour.reconcile = { ...behaviour.reconcile, settleMs: 0, absentAfterLooks: 'never' };
      behaviour.look = () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
      const postId = await stage.sent({ kind: 'reset-after' });
      await stage.due(2_000);
      return postId;
    },
    says: {
      code: 'fake.outcome_unknown',
      message: text(/There is no history\./),
      remedy: text(/resolve/),
    },
  },
  {
    when: 'a backup was restored, and it may have gone out before',
    stage: async (stage) => {
      const { behaviour, app, clock } = stage.engine;
      behaviour.reconcile = { ...behaviour.reconcile, findsForgotten: true };
      const postId = await stage.later(0);
      const since = new Date(clock.now().getTime() - 10 * minute);
      await app.get(RestorationService).restored(since, { upcoming: false, dryRun: false });
      await stage.engine.settle();
      return postId;
    },
    says: { code: 'reconcile', message: text(/^A backup was restored, and this may have gone out before;/) },
  },
  {
    when: 'the platform did not work, and it is tried again',
    stage: (stage) => {
      const down = { kind: 'transient', code: 'fake.down', message: 'It is down.', remedy: 'Wait.' } as const;
      stage.engine.behaviour.publish = () => Promise.reject(new PublishError(down));
      return stage.sent();
    },
    says: {
      code: 'retry',
      message: 'The last try failed, and it is tried again (retry 1 of 3). It is down.',
      until: moment,
    },
  },
  {
    when: 'the platform refused the content',
    stage: (stage) => stage.sent(status(400)),
    says: { code: 'fake.status_400', message: 'The fake platform said 400.' },
  },
  {
    when: 'it waits behind another one with the same words',
    stage: async (stage) => {
      stage.engine.server.fates.push({ kind: 'reset-after' });
      await stage.written({ text: 'Same words' });
      return stage.written({ text: 'Same words' });
    },
    says: { code: 'same_content_open', until: moment },
  },
  {
    when: 'it was canceled',
    stage: async (stage) => {
      const postId = await stage.soon();
      const { unitOfWork, workspaceId, app } = stage.engine;
      await unitOfWork.run(workspaceId, () => app.get(PlanCommands).cancel(postId));
      return postId;
    },
    says: { code: 'canceled', message: 'It was taken back before anything of it went out.' },
  },
  {
    when: 'a part of the thread is missing',
    stage: async (stage) => {
      const acts = { kind: 'hold', until: Promise.resolve(), reached: () => undefined } as const;
      stage.engine.server.fates.push(acts, status(400));
      return stage.written({ text: 'one', thread: ['two'] });
    },
    says: {
      code: 'incomplete',
      message: text(/^It is live, but not all of it\. .*The fake platform said 400\./),
      remedy: text(/retry/),
    },
  },
  {
    when: 'it is live already',
    stage: (stage) => stage.sent(),
    says: { code: 'published', message: text(/^It is live: https:\/\/fake\.example\/f1-incident\d+\.$/) },
  },
];

async function late(stage: IncidentStage, mode: 'skip' | 'ask'): Promise<string> {
  const postId = await stage.soon({ late: { mode, notAfterMinutes: 5 } });
  stage.engine.queue.wipe();
  await stage.engine.advance(10 * minute);
  await stage.engine.sweep();
  await stage.engine.settle();
  return postId;
}
