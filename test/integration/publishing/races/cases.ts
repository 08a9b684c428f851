import type { Acts } from './acts.js';
import { type Act, type Standing, standingSweep } from './duel.js';
import { made, type Stage, type Subject } from './stage.js';

/** One of the two. */
export interface Side {
  readonly subject: Subject;
  readonly act: Act;
  /** How it stands before its COMMIT, where it takes no part in a transaction of the test. */
  readonly stand?: () => Promise<Standing>;
}

export interface Staged {
  readonly a: Side;
  readonly b: Side;
  /** Happens when the first stands. */
  readonly meanwhile?: () => Promise<void>;
  /** When both have taken effect. */
  readonly after?: () => Promise<void>;
}

/** What the second comes to when the first has ended. */
export interface Second {
  readonly commits: boolean;
  readonly 'rolls back': boolean;
  /** It does not wait for the first, and has come to this before that one ends. */
  readonly passes?: true;
}

export interface Race {
  readonly name: string;
  stage(stage: Stage, acts: Acts, first: 'a' | 'b'): Promise<Staged>;
  /** The second, by who came first; null: that one cannot come first. */
  readonly second: { readonly a: Second | null; readonly b: Second | null };
}

/** Whoever comes first is the only one. */
const one = { commits: false, 'rolls back': true } as const;
/** Both take effect, one after the other. */
const both = { commits: true, 'rolls back': true } as const;
/** The second never takes effect here. */
const never = { commits: false, 'rolls back': false } as const;

const published = (id: string) => ({ verdict: 'published', ...made(id) }) as const;
const gone = { verdict: 'not_published', retry: false } as const;
const again = { verdict: 'not_published', retry: true } as const;

/** Longer than a lease, shorter than a call's deadline with what comes after it. */
const beyondLeaseMs = 45_000;
/** Longer than the lease of a call under way. */
const beyondCallMs = 120_000;

export const races: readonly Race[] = [
  {
    name: 'a claim and another claim of the same wake',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const [subject] = await stage.waiting();
      const act = acts.claim(subject, await stage.wakeNoOf(subject.id));
      return { a: { subject, act }, b: { subject, act } };
    },
  },
  {
    name: 'a claim and the sweep',
    second: { a: { ...never, passes: true }, b: one },
    stage: async (stage, acts) => {
      const [subject] = await stage.waiting();
      await stage.engine.advance(60_000);
      const stand = () => standingSweep(stage.engine);
      return {
        a: { subject, act: acts.claim(subject, await stage.wakeNoOf(subject.id)) },
        b: { subject, act: acts.sweep(subject), stand },
      };
    },
  },
  {
    name: 'a claim and a cancel',
    second: { a: both, b: one },
    stage: async (stage, acts) => {
      const [subject] = await stage.waiting();
      const claim = acts.claim(subject, await stage.wakeNoOf(subject.id));
      return { a: { subject, act: claim }, b: { subject, act: acts.cancel(subject) } };
    },
  },
  {
    name: 'a claim and a new time for the post',
    second: { a: both, b: one },
    stage: async (stage, acts) => {
      const [subject] = await stage.waiting();
      const then = new Date(stage.engine.clock.now().getTime() + 3_600_000);
      const claim = acts.claim(subject, await stage.wakeNoOf(subject.id));
      const sides = { a: { subject, act: claim }, b: { subject, act: acts.move(subject.postId, then) } };
      // Whoever is told that it was moved has moved it, also from under a run.
      const moved = { state: 'waiting', due_at: then, lease_token: null };
      return { ...sides, after: async () => expect(await stage.rowOf(subject.id)).toMatchObject(moved) };
    },
  },
  {
    name: 'the fence of a call and the takeover of its lease',
    second: { a: one, b: { ...never, passes: true } },
    stage: async (stage, acts, first) => {
      const running = await stage.running();
      const overdue = () => stage.engine.advance(beyondLeaseMs);
      if (first === 'b') await overdue();
      const takeover = acts.claim(running, await stage.wakeNoOf(running.id));
      const sides = {
        a: { subject: running, act: acts.fence(running) },
        b: { subject: running, act: takeover },
      };
      return first === 'a' ? { ...sides, meanwhile: overdue } : sides;
    },
  },
  {
    name: 'the fence of a call and a hold',
    second: { a: both, b: one },
    stage: async (stage, acts) => {
      const running = await stage.running();
      return {
        a: { subject: running, act: acts.fence(running) },
        b: { subject: running, act: acts.hold(running) },
      };
    },
  },
  {
    name: 'the fence of a call and a cancel',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const running = await stage.running();
      return {
        a: { subject: running, act: acts.fence(running) },
        b: { subject: running, act: acts.cancel(running) },
      };
    },
  },
  {
    name: 'the fence of a call and an edit',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const running = await stage.running();
      return {
        a: { subject: running, act: acts.fence(running) },
        b: { subject: running, act: acts.edit(running) },
      };
    },
  },
  {
    name: 'a run that waits and a cancel',
    second: { a: both, b: one },
    stage: async (stage, acts) => {
      const running = await stage.running();
      return {
        a: { subject: running, act: acts.sleep(running) },
        b: { subject: running, act: acts.cancel(running) },
      };
    },
  },
  {
    name: 'a run that leaves it with the platform and a cancel',
    second: { a: both, b: one },
    stage: async (stage, acts) => {
      const running = await stage.running();
      return {
        a: { subject: running, act: acts.sleep(running, 'with_platform') },
        b: { subject: running, act: acts.cancel(running) },
      };
    },
  },
  {
    name: 'the last two ends of a plan',
    second: { a: both, b: both },
    stage: async (stage, acts) => {
      const [first, second] = await stage.waiting(2);
      if (second === undefined) throw new Error('the plan has one target only');
      const [a, b] = [await stage.running(first), await stage.running(second)];
      return { a: { subject: a, act: acts.published(a) }, b: { subject: b, act: acts.failed(b) } };
    },
  },
  {
    name: 'the last end of a plan and a retry of what had ended before',
    second: { a: both, b: both },
    stage: async (stage, acts) => {
      const [first, second] = await stage.waiting(2);
      if (second === undefined) throw new Error('the plan has one target only');
      const a = await stage.running(first);
      const b = await stage.running(second);
      await acts.failed(b)();
      return { a: { subject: a, act: acts.published(a) }, b: { subject: b, act: acts.retry(b) } };
    },
  },
  {
    name: 'an unsuccessful end and a cancel',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const running = await stage.running();
      return {
        a: { subject: running, act: acts.failed(running) },
        b: { subject: running, act: acts.cancel(running) },
      };
    },
  },
  {
    name: 'passing it over and a cancel',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const running = await stage.running();
      return {
        a: { subject: running, act: acts.skipped(running) },
        b: { subject: running, act: acts.cancel(running) },
      };
    },
  },
  {
    name: 'the answer that what is late is not wanted any more and a cancel',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const subject = await stage.asking();
      return { a: { subject, act: acts.skipLate(subject) }, b: { subject, act: acts.cancel(subject) } };
    },
  },
  {
    name: 'giving up on a call and its late answer',
    second: { a: both, b: one },
    stage: async (stage, acts) => {
      const calling = await stage.calling();
      return {
        a: { subject: calling, act: acts.unconfirmed(calling) },
        b: { subject: calling, act: acts.answered(calling) },
      };
    },
  },
  {
    name: 'giving up on a call and late proof that it created nothing',
    second: { a: both, b: one },
    stage: async (stage, acts) => {
      const calling = await stage.calling();
      return {
        a: { subject: calling, act: acts.unconfirmed(calling) },
        b: { subject: calling, act: acts.refused(calling) },
      };
    },
  },
  {
    name: 'giving up on a call and the word of a person',
    second: { a: { commits: true, 'rolls back': false }, b: null },
    stage: async (stage, acts) => {
      const calling = await stage.calling();
      return {
        a: { subject: calling, act: acts.unconfirmed(calling) },
        b: { subject: calling, act: acts.resolve(calling, gone) },
      };
    },
  },
  {
    name: 'a look that finds it and the takeover of its lease',
    second: { a: both, b: { ...never, passes: true } },
    stage: async (stage, acts, first) => {
      const calling = await stage.calling();
      const overdue = () => stage.engine.advance(beyondCallMs);
      if (first === 'b') await overdue();
      const takeover = acts.claim(calling, await stage.wakeNoOf(calling.id));
      const sides = {
        a: { subject: calling, act: acts.finds(calling) },
        b: { subject: calling, act: takeover },
      };
      return first === 'a' ? { ...sides, meanwhile: overdue } : sides;
    },
  },
  {
    name: 'a look that finds it and the late answer',
    second: { a: both, b: both },
    stage: async (stage, acts) => {
      const calling = await stage.calling();
      return {
        a: { subject: calling, act: acts.finds(calling) },
        b: { subject: calling, act: acts.answered(calling) },
        after: async () => {
          expect(await stage.resultOf(calling.id)).toBe(made(calling.id).platformPostId);
          expect(await stage.duplicatesOf(calling.id)).toEqual([]);
        },
      };
    },
  },
  {
    name: 'an answer and another one that names another post',
    second: { a: both, b: both },
    stage: async (stage, acts, first) => {
      const calling = await stage.calling();
      const posts = { a: made(calling.id), b: made(`other-${calling.id}`) };
      return {
        a: { subject: calling, act: acts.answered(calling) },
        b: { subject: calling, act: acts.answered(calling, `other-${calling.id}`) },
        // The first stays, and the other is told as a duplicate.
        after: async () => {
          const [one, other] = first === 'a' ? [posts.a, posts.b] : [posts.b, posts.a];
          expect(await stage.resultOf(calling.id)).toBe(one.platformPostId);
          expect(await stage.duplicatesOf(calling.id)).toEqual([[one.permalink, other.permalink]]);
        },
      };
    },
  },
  {
    name: 'a claim of what the platform has and an edit',
    second: { a: both, b: one },
    stage: async (stage, acts) => {
      const subject = await stage.withPlatform();
      const claim = acts.claim(subject, await stage.wakeNoOf(subject.id));
      return { a: { subject, act: claim }, b: { subject, act: acts.edit(subject) } };
    },
  },
  {
    name: 'a claim of what the platform has and a cancel',
    second: { a: both, b: one },
    stage: async (stage, acts) => {
      const subject = await stage.withPlatform();
      const claim = acts.claim(subject, await stage.wakeNoOf(subject.id));
      return { a: { subject, act: claim }, b: { subject, act: acts.cancel(subject) } };
    },
  },
  {
    name: 'two retries of what is not complete',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const subject = await stage.incomplete();
      return { a: { subject, act: acts.retry(subject) }, b: { subject, act: acts.retry(subject) } };
    },
  },
  {
    name: 'the deletion of what is not complete and its retry',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const subject = await stage.incomplete();
      return { a: { subject, act: acts.deletes(subject) }, b: { subject, act: acts.retry(subject) } };
    },
  },
  {
    name: 'the late answer to a call taken for absent and a retry',
    second: { a: one, b: both },
    stage: async (stage, acts) => {
      const calling = await stage.calledAbsent();
      await stage.failed(calling);
      return {
        a: { subject: calling, act: acts.answered(calling) },
        b: { subject: calling, act: acts.retry(calling) },
      };
    },
  },
  {
    name: 'two retries of what failed',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const subject = await stage.failed();
      return { a: { subject, act: acts.retry(subject) }, b: { subject, act: acts.retry(subject) } };
    },
  },
  {
    name: 'two people who say different things',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const subject = await stage.unconfirmed();
      return {
        a: { subject, act: acts.resolve(subject, published(subject.id)) },
        b: { subject, act: acts.resolve(subject, gone) },
      };
    },
  },
  {
    name: 'a person who wants it sent again and the late answer',
    second: { a: both, b: one },
    stage: async (stage, acts) => {
      const subject = await stage.unconfirmed();
      return {
        a: { subject, act: acts.resolve(subject, again) },
        b: { subject, act: acts.answered(subject) },
      };
    },
  },
  {
    name: 'late proof that a call created nothing and a person who says that it did',
    second: { a: one, b: both },
    stage: async (stage, acts) => {
      const subject = await stage.unconfirmed();
      return {
        a: { subject, act: acts.refused(subject) },
        b: { subject, act: acts.resolve(subject, published(subject.id)) },
      };
    },
  },
  {
    name: 'two retries of what was passed over',
    second: { a: one, b: one },
    stage: async (stage, acts) => {
      const subject = await stage.skipped();
      return { a: { subject, act: acts.retry(subject) }, b: { subject, act: acts.retry(subject) } };
    },
  },
];
