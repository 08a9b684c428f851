import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AccountsService,
  ConnectService,
  type AccountView,
  type Caller,
} from '../../../src/modules/accounts/index.js';
import { defaultPolicy, PostsService, type MediaRef } from '../../../src/modules/content/index.js';
import { MediaService } from '../../../src/modules/media/index.js';
import type { PublicationView } from '../../../src/modules/publishing/index.js';
import { PlatformRegistry, type BasePublisher } from '../../../src/platforms/core/index.js';
import type { PlatformAccount, SandboxControl } from '../../../src/sandbox/control/sandbox.control.js';
import type { CallRecord } from '../../../src/sandbox/core/call.log.js';
import type { CallMatch } from '../../../src/sandbox/core/call.match.js';
import type { FaultAction } from '../../../src/sandbox/core/fault.rules.js';
import type { InboxEntry } from '../../../src/sandbox/core/inbox.js';
import { platformConfigSpecs, platformModules } from '../../../src/platforms/index.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { Engine } from '../engine/engine.js';
import { HeldCall } from './held-call.js';
import { giveConsent } from './consent.js';
import { MediaServer } from './media-server.js';
import { Official } from './official.js';
import type { ConnectInput, Draft, Profile } from './profile.js';
import type { Sample } from './samples.js';

/** An account on both sides. */
export interface Connected {
  /** Fanfare's id. */
  readonly id: string;
  readonly there: PlatformAccount;
}

type WrittenThread = { text: string; media: MediaRef[] }[];

/** More rounds than any publication takes to its end. */
const mostRounds = 200;

/** One engine and one sandbox of a test file; every test works with accounts of its own. */
export class Bench {
  /** Accounts that the running test has connected. */
  private connected: Connected[] = [];
  /** Files of the workspace, by what they are: looking at each anew would be half of many a test. */
  private readonly uploaded = new Map<string, MediaRef>();
  private firstSeq = 0;
  private made = 0;
  private whole = true;

  private constructor(
    readonly key: string,
    readonly profile: Profile,
    readonly sandbox: Sandbox,
    readonly engine: Engine,
    private readonly files: MediaServer,
    /** Null where there is no description of the platform's own. */
    readonly official: Official | null,
  ) {}

  static async start(key: string, profile: Profile): Promise<Bench> {
    const official = Official.of(key, profile.official);
    const sandbox = await startSandbox({ port: 0, observe: (exchange) => official?.see(exchange) });
    const files = await MediaServer.start();
    try {
      const engine = await Engine.start(undefined, {
        modules: platformModules,
        platformSpecs: platformConfigSpecs,
        env: { ...sandbox.control.env(), PUBLIC_URL: files.url },
      });
      files.serve(engine.app.get(MediaService));
      return new Bench(key, profile, sandbox, engine, files, official);
    } catch (error) {
      await sandbox.close();
      await files.stop();
      throw error;
    }
  }

  /** Another platform on the same engine and sandbox. */
  beside(key: string, profile: Profile): Bench {
    return new Bench(key, profile, this.sandbox, this.engine, this.files, null);
  }

  async stop(): Promise<void> {
    await this.sandbox.close();
    await this.files.stop();
    await this.engine.stop();
  }

  async beginTest(): Promise<void> {
    // An outage or a limit that one test has met must not stop the next one's posts.
    await this.engine.rows('TRUNCATE budgets, circuits, circuit_waits');
    this.connected = [];
    this.whole = true;
    this.control.configure(this.key, this.profile.simulator);
    this.firstSeq = this.control.calls().at(-1)?.seq ?? 0;
  }

  endTest(): void {
    this.control.removeFaults();
    this.control.clearUnexpected();
    this.official?.problems.splice(0);
  }

  get control(): SandboxControl {
    return this.sandbox.control;
  }

  get publisher(): BasePublisher {
    return this.engine.app.get(PlatformRegistry).get(this.key).publisher;
  }

  /** From now on the running test knows of calls that the ledger has forgotten. */
  loseLedger(): void {
    this.whole = false;
    this.uploaded.clear();
  }

  get ledgerIsWhole(): boolean {
    return this.whole;
  }

  get accounts(): readonly Connected[] {
    return this.connected;
  }

  /** A new account on the platform, connected as a person would. */
  async connect(
    input: (account: PlatformAccount) => ConnectInput = (account) => this.profile.connect(account),
  ): Promise<Connected> {
    this.made += 1;
    const there = this.profile.newAccount(this.control, this.made);
    const view = await this.goThroughConnect(input(there));
    const connected = { id: view.ref.id, there };
    this.connected.push(connected);
    return connected;
  }

  /** Connects the account again with new credentials. */
  async reconnect(account: Connected): Promise<AccountView> {
    const there = this.profile.renewAccount(this.control, account.there);
    return this.goThroughConnect(this.profile.connect(there));
  }

  account(connected: Connected): Promise<AccountView> {
    return this.engine.app.get(AccountsService).get(this.engine.workspaceId, connected.id);
  }

  /** The plainest post that the platform takes. */
  plain(text: string): Draft {
    return this.profile.plain?.(text) ?? { text };
  }

  post(account: Connected, draft: Draft): Promise<string> {
    return this.postTo([{ account, draft }]);
  }

  /** One post whose targets say what their drafts say. */
  async postTo(wanted: readonly { readonly account: Connected; readonly draft: Draft }[]): Promise<string> {
    const targets: { accountId: string; draft: Draft; media: MediaRef[]; thread: WrittenThread }[] = [];
    for (const { account, draft } of wanted) {
      const thread: WrittenThread = [];
      for (const part of draft.thread ?? [])
        thread.push({ text: part.text, media: await this.upload(part.media ?? []) });
      const media = await this.upload(draft.media ?? []);
      targets.push({ accountId: account.id, draft, media, thread });
    }
    const [first] = targets;
    const dueAt = this.engine.clock.now();
    const post = await this.engine.unitOfWork.run(this.engine.workspaceId, () =>
      this.engine.app.get(PostsService).create({
        text: first?.draft.text ?? '',
        link: first?.draft.link ?? null,
        media: first?.media ?? [],
        thread: first?.thread ?? [],
        targets: targets.map(({ accountId, draft, media, thread }, index) => ({
          accountId,
          settings: draft.settings ?? null,
          ...(index === 0 ? {} : { text: draft.text ?? '', link: draft.link ?? '', media, thread }),
        })),
        schedule: { scheduledFor: 'now', timezone: null, time: { ok: true, dueAt, warnings: [] } },
        policy: { ...defaultPolicy, ...first?.draft.policy },
        externalId: null,
        metadata: {},
        labels: [],
      }),
    );
    return post.id;
  }

  /** Posts and lets time pass until everything has come to its end. */
  async publish(account: Connected, draft: Draft): Promise<PublicationView> {
    const postId = await this.post(account, draft);
    await this.rest();
    return this.publication(postId);
  }

  async publication(postId: string): Promise<PublicationView> {
    const [publication] = (await this.engine.plan(postId)).publications;
    if (publication === undefined) throw new Error(`the plan of ${postId} has no publication`);
    return publication;
  }

  /** Lets time pass, from wake to wake, until nothing is to be done any more. */
  async rest(engine = this.engine): Promise<void> {
    for (let round = 0; round < mostRounds; round += 1) {
      await engine.settle();
      const [next] = engine.queue.pending();
      if (next === undefined) return;
      await this.advance(Math.max(0, next.runAt - engine.clock.now().getTime()));
    }
    throw new Error(`after ${mostRounds} wakes there is still something to do`);
  }

  /** Time of the engine, of its database and of the sandbox. */
  async advance(ms: number): Promise<void> {
    await this.engine.advance(ms);
    this.control.advanceClock(ms);
  }

  fault(action: FaultAction, match: Omit<CallMatch, 'platform'> = { visible: true }, nth = 1): void {
    this.control.addFault({ platform: this.key, ...match, nth, action });
  }

  hold(position: 'before' | 'after', nth = 1): HeldCall {
    return new HeldCall(this.control, { platform: this.key, visible: true, position, nth });
  }

  /** What people see of the account, oldest first. */
  inbox({ there }: Connected): InboxEntry[] {
    return this.control.inbox(this.key).filter(({ account }) => account === there.id);
  }

  /** Visible calls of the running test. */
  visibleCalls(): CallRecord[] {
    return this.control.calls(this.key).filter(({ visible, seq }) => visible && seq > this.firstSeq);
  }

  caller(): Caller {
    return { workspaceId: this.engine.workspaceId, keyId: null };
  }

  private async goThroughConnect(input: ConnectInput): Promise<AccountView> {
    const service = this.engine.app.get(ConnectService);
    const caller = this.caller();
    const start = input.method === 'oauth' ? { fields: input.fields } : {};
    const { sessionId, authorizeUrl } = await service.start(caller, this.key, start);
    const completion =
      input.method === 'oauth'
        ? { callbackUrl: await giveConsent(authorizeUrl ?? '', input.person) }
        : { credentials: input.credentials };
    const { choices } = await service.complete(caller, sessionId, completion);
    const chosen = (choices ?? []).map(({ externalId }) => externalId);
    const { accounts } = await service.select(caller, sessionId, chosen);
    const [account] = accounts ?? [];
    if (account === undefined) throw new Error('nothing was connected');
    return account;
  }

  private async upload(samples: readonly Promise<Sample>[]): Promise<MediaRef[]> {
    const refs: MediaRef[] = [];
    for (const sample of samples) refs.push(await this.uploadOnce(await sample));
    return refs;
  }

  private async uploadOnce({ bytes, fileName, altText }: Sample): Promise<MediaRef> {
    const key = `${createHash('sha256').update(bytes).digest('hex')} ${fileName} ${altText ?? ''}`;
    const known = this.uploaded.get(key);
    if (known !== undefined) return known;
    const file = { stream: Readable.from([bytes]), fileName, altText };
    const { id } = await this.engine.app.get(MediaService).upload(this.engine.workspaceId, file);
    const ref = { id, altText };
    this.uploaded.set(key, ref);
    return ref;
  }
}
