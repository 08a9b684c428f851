import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { PublishError } from '../../platforms/core/index.js';
import { type LatePolicy, leastNotAfterMinutes } from '../content/index.js';
import { type CircuitLook, Circuits } from './circuits/circuits.js';
import { LeaseLost, Skipped, Suspended } from './engine.signals.js';
import { HoldService } from './hold.service.js';
import { Budgets } from './limits/budgets.js';
import { PlanRepository } from './plan.repository.js';
import { PlatformSwitches } from './platform.switches.js';
import type { PublicationRun } from './publication.run.js';
import { PublicationRepository } from './publication.repository.js';
import { switchWords } from './switch.words.js';
import { WallClockGuard } from './wall-clock.guard.js';

/** Milliseconds until a look at what somebody keeps back; whoever lets it go on wakes it at once. */
const lookAgainMs = 60 * 60_000;

/** Asked before the first commit of a publication. A closed gate costs no retry. */
@Injectable()
export class GateKeeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly switches: PlatformSwitches,
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly holds: HoldService,
    private readonly wallClock: WallClockGuard,
    private readonly circuits: Circuits,
    private readonly budgets: Budgets,
  ) {}

  async beforeCommit(run: PublicationRun): Promise<void> {
    if (this.wallClock.isInDoubt) throw new Suspended('clock_jump', 5_000);
    // Thrown outside: what was written about a hold or about being late has to stay.
    const { stop, seen } = await this.unitOfWork.run(run.workspaceId, async () => {
      const stop = (await this.whenHeld(run)) ?? (await this.whenNothingIsOut(run));
      const seen = stop === null && !run.somethingIsOrMayBeOut ? await this.look(run) : null;
      return { stop, seen };
    });
    if (stop !== null) throw stop;
    if (seen === null) {
      await this.circuits.passAgain(run);
      return;
    }
    await this.circuits.pass(run, seen.circuit);
    await this.budgets.take(run, seen.pauses);
  }

  /** Before a publisher is called at all: one that is off, down or paused is not called. */
  async beforePublish(run: PublicationRun): Promise<void> {
    if (run.somethingIsOrMayBeOut) return;
    const { circuit, pauses } = await this.unitOfWork.run(run.workspaceId, async () => {
      const off = await this.whenOff(run);
      if (off !== null) throw off;
      return this.look(run);
    });
    await this.circuits.pass(run, circuit);
    await this.budgets.paused(run, pauses);
  }

  /** Why the fence did not let a call through: a hold that came in between, or somebody else decides now. Inside a unit of work. */
  async whyFenced(run: PublicationRun): Promise<Suspended | LeaseLost> {
    const row = await this.publications.find(run.id);
    if (row?.leaseToken !== run.token) return new LeaseLost();
    if (row.held) return heldBack();
    // One that has not marked it yet: the next run does, under its own lease.
    return (await this.holds.cover(row, run.brandId)) ? new Suspended('hold', 0) : new LeaseLost();
  }

  private async look(
    run: PublicationRun,
  ): Promise<{ readonly circuit: CircuitLook; readonly pauses: readonly string[] }> {
    return { circuit: await this.circuits.look(run), pauses: await this.budgets.look(run) };
  }

  private async whenNothingIsOut(run: PublicationRun): Promise<Skipped | Suspended | null> {
    if (run.somethingIsOrMayBeOut) return null;
    return (await this.whenOff(run)) ?? (await this.whenTooLate(run));
  }

  private async whenOff(run: PublicationRun): Promise<Skipped | Suspended | null> {
    const off = await this.switches.switchedOff(run.publication.platform);
    if (off === null) return null;
    if (off.whenDue === 'wait') return new Suspended('platform_off', lookAgainMs);
    const words = switchWords[off.by];
    return new Skipped(
      'platform_disabled',
      new PublishError({
        kind: 'platform_disabled',
        code: 'engine.platform_disabled',
        source: off.by === 'workspace' ? 'user' : 'system',
        message: `It was passed over, because the platform was switched off ${words.for}.`,
        remedy: `${words.remedy} Then retry it.`,
        provesNothingCreated: true,
      }),
    );
  }

  private async whenHeld(run: PublicationRun): Promise<Suspended | null> {
    const { held, brandId } = await this.holds.mark(run.id, run.token);
    run.brandId = brandId;
    return held ? heldBack() : null;
  }

  private async whenTooLate(run: PublicationRun): Promise<Skipped | Suspended | null> {
    if (run.publication.lateAllowed || run.latenessMs <= leastNotAfterMinutes * 60_000) return null;
    const plan = await this.plans.find(run.publication.planId);
    const late = plan?.late as LatePolicy | undefined;
    if (late === undefined || late.mode === 'publish') return null;
    const now = await this.publications.now();
    if (now.getTime() <= run.publication.dueAt.getTime() + late.notAfterMinutes * 60_000) return null;
    if (late.mode === 'skip') {
      return new Skipped('too_late');
    }
    return (await this.publications.askWhetherLate(run.id, run.token)) ? heldBack() : null;
  }
}

function heldBack(): Suspended {
  return new Suspended('hold', lookAgainMs);
}
