import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock/index.js';
import { stableHash } from '../../../common/crypto/index.js';
import { UnitOfWork } from '../../../common/database/index.js';
import { EventRecorder } from '../../../common/events/index.js';
import { newId } from '../../../common/ids/index.js';
import type { AccountRef, BasePublisher, CircuitPolicy } from '../../../platforms/core/index.js';
import { Suspended } from '../engine.signals.js';
import { PlatformPaused } from '../events/index.js';
import { PublicationRepository } from '../publication.repository.js';
import type { PublicationRun } from '../publication.run.js';
import { CircuitRelease } from './circuit.release.js';
import { CircuitRepository } from './circuit.repository.js';
import {
  afterAnswer,
  afterOutage,
  type CircuitRow,
  defaultCircuit,
  freshSuccessMs,
  probeBy,
  turnOf,
  withoutProbe,
} from './circuit.state.js';
import { HarmlessRead } from './harmless.read.js';
import { isOutage } from './outage.js';

/** Milliseconds for which a process that has met an outage tells of each success. */
const watchfulMs = 5 * 60_000;
/** Milliseconds between two successes that are written where the last one matters. */
const successEveryMs = 15_000;

/** A circuit as it was at a moment; no row: nothing was ever wrong. */
export interface CircuitLook {
  readonly row: CircuitRow | null;
  /** Null where it does not matter how long ago the last success was. */
  readonly now: Date | null;
}

/** Keeps publications from a platform, or one of its servers, that is down (protocol.md §4, §5; docs/adr/0012). */
@Injectable()
export class Circuits {
  /** Until when, by this process's own clock, successes at a circuit are worth writing. */
  private readonly watched = new Map<string, number>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly rows: CircuitRepository,
    private readonly publications: PublicationRepository,
    private readonly recorder: EventRecorder,
    private readonly release: CircuitRelease,
    private readonly read: HarmlessRead,
  ) {}

  /** What `pass` decides by. Inside a unit of work. */
  async look(run: PublicationRun): Promise<CircuitLook> {
    return {
      row: await this.rows.find(circuitOf(run.publisher, run.account)),
      now: neverAbsent(run) ? await this.publications.now() : null,
    };
  }

  /**
   * Lets a run through, or throws that it waits. One run gets through an open circuit to probe it: by a harmless read where there
   * is one, else by going on. Where absence can never be told, a read comes first when the last success is no longer fresh.
   */
  async pass(run: PublicationRun, { row, now }: CircuitLook): Promise<void> {
    if (run.probe !== null) return;
    const key = circuitOf(run.publisher, run.account);
    if ((row?.outages ?? 0) > 0) this.watch(key);
    if (row?.state === 'open') {
      await this.probe(run, key);
    } else if (now !== null && run.publisher.ping !== undefined && !isFresh(row, now)) {
      await this.readFirst(run, key);
    }
  }

  /** Before later commits as well, where each of them could become a question that only a person can answer. */
  async passAgain(run: PublicationRun): Promise<void> {
    if (!neverAbsent(run)) return;
    await this.pass(run, await this.unitOfWork.run(run.workspaceId, () => this.look(run)));
  }

  /** The platform has answered this run, be it with a refusal. */
  async answered(run: PublicationRun): Promise<null> {
    const key = circuitOf(run.publisher, run.account);
    const watched = (this.watched.get(key) ?? 0) > this.clock.monotonicMs();
    if (run.probe === null && !watched && !neverAbsent(run)) return null;
    await this.close(run, key, run.probe !== null);
    return null;
  }

  /** The run has met something that may be an outage. Answers whether the circuit is open now. */
  async failing(run: PublicationRun, error: unknown, code: string, mayBeOut: boolean): Promise<boolean> {
    const policy = mayBeOut && neverAbsent(run) ? { ...policyOf(run), outages: 1 } : policyOf(run);
    if (!isOutage(error) && policy.outages > 1) {
      await this.giveBack(run);
      return false;
    }
    return this.outage(run, circuitOf(run.publisher, run.account), code, policy);
  }

  /** A probe that came to nothing, because another gate was closed, lets the next one probe. */
  async giveBack(run: PublicationRun): Promise<null> {
    const { probe } = run;
    if (probe === null) return null;
    run.probe = null;
    const key = circuitOf(run.publisher, run.account);
    await this.unitOfWork.run(run.workspaceId, async () => {
      const row = await this.rows.lock(key, run.publication.platform);
      await this.rows.update(key, withoutProbe(row, probe));
    });
    return null;
  }

  /** The circuit when it is open; null when it lets through. Inside a unit of work. */
  async openFor(publisher: BasePublisher, account: AccountRef): Promise<CircuitRow | null> {
    const row = await this.rows.find(circuitOf(publisher, account));
    return row?.state === 'open' ? row : null;
  }

  /** What a publication that waits behind the circuit is woken by. */
  async wait(run: PublicationRun): Promise<Suspended> {
    const key = circuitOf(run.publisher, run.account);
    const delayMs = await this.unitOfWork.run(run.workspaceId, async () => {
      const row = await this.rows.lock(key, run.publication.platform);
      if (row.state === 'closed') return 0;
      await this.tell(run, key);
      const now = await this.publications.now();
      const { turn, next } = turnOf(row, now);
      await this.rows.update(key, { turnAt: next });
      return turn.getTime() - now.getTime() + 1;
    });
    return new Suspended('circuit', delayMs, 'waiting', { waitsFor: key });
  }

  private async probe(run: PublicationRun, key: string): Promise<void> {
    const token = newId();
    const taken = await this.unitOfWork.run(run.workspaceId, async () => {
      const row = await this.rows.lock(key, run.publication.platform);
      if (row.state === 'closed') return 'closed';
      const patch = probeBy(row, token, await this.publications.now());
      if (patch === null) return null;
      await this.rows.update(key, patch);
      return 'probe';
    });
    if (taken === 'closed') return;
    if (taken === null) throw await this.wait(run);
    run.probe = token;
    if (run.publisher.ping !== undefined) await this.readFirst(run, key);
  }

  /** Throws unless the harmless read shows that the platform works. */
  private async readFirst(run: PublicationRun, key: string): Promise<void> {
    const seen = await this.read.of(run, key);
    if (seen.works) {
      await this.close(run, key, true);
      return;
    }
    await this.outage(run, key, seen.code, { ...policyOf(run), outages: 1 });
    throw await this.wait(run);
  }

  private async close(run: PublicationRun, key: string, proves: boolean): Promise<void> {
    run.probe = null;
    const closed = await this.unitOfWork.run(run.workspaceId, async () => {
      const seen = await this.rows.find(key);
      const now = await this.publications.now();
      if (seen === null ? !neverAbsent(run) : nothingNew(seen, now)) return false;
      const row = await this.rows.lock(key, run.publication.platform);
      await this.rows.update(key, afterAnswer(row, { proves }, now));
      return row.state === 'open' && proves;
    });
    if (closed) await this.release.releaseAll();
  }

  private async outage(
    run: PublicationRun,
    key: string,
    code: string,
    policy: CircuitPolicy,
  ): Promise<boolean> {
    const { probe } = run;
    run.probe = null;
    this.watch(key);
    return this.unitOfWork.run(run.workspaceId, async () => {
      const row = await this.rows.lock(key, run.publication.platform);
      const patch = afterOutage(row, { code, probe, policy }, await this.publications.now());
      await this.rows.update(key, patch);
      const open = (patch.state ?? row.state) === 'open';
      if (open) await this.tell(run, key);
      return open;
    });
  }

  private async tell(run: PublicationRun, key: string): Promise<void> {
    if (!(await this.rows.startWaiting(key))) return;
    const { platform } = run.publication;
    this.recorder.record(new PlatformPaused(run.workspaceId, { platform, reason: 'outage' }));
  }

  private watch(key: string): void {
    this.watched.set(key, this.clock.monotonicMs() + watchfulMs);
  }
}

/** The platform, or the server of an account; tells nobody which server it is. */
function circuitOf(publisher: BasePublisher, account: AccountRef): string {
  return `${account.platform}:${stableHash(publisher.serverOf(account)).slice(0, 32)}`;
}

function policyOf({ publisher, account }: PublicationRun): CircuitPolicy {
  return publisher.capabilitiesFor(account).circuit ?? defaultCircuit;
}

function neverAbsent({ publisher, account }: PublicationRun): boolean {
  return publisher.capabilitiesFor(account).reconcile.absentAfterLooks === 'never';
}

function isFresh(row: CircuitRow | null, now: Date): boolean {
  const last = row?.lastSuccessAt ?? null;
  return last !== null && last.getTime() > now.getTime() - freshSuccessMs;
}

function nothingNew(row: CircuitRow, now: Date): boolean {
  const last = row.lastSuccessAt?.getTime() ?? 0;
  return row.state === 'closed' && row.outages === 0 && last > now.getTime() - successEveryMs;
}
