import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { CryptoModule } from '../../common/crypto/index.js';
import { PlatformsCoreModule } from '../../platforms/core/index.js';
import { AccountsModule } from '../accounts/index.js';
import { ContentModule } from '../content/index.js';
import { MediaModule } from '../media/index.js';
import { CircuitRelease } from './circuits/circuit.release.js';
import { CircuitRepository } from './circuits/circuit.repository.js';
import { Circuits } from './circuits/circuits.js';
import { HarmlessRead } from './circuits/harmless.read.js';
import { PlatformHealth } from './circuits/platform.health.js';
import { CommitGate } from './commit.gate.js';
import { ContextFactory } from './context.factory.js';
import { Continuation } from './continuation.js';
import { DeadLetterReader } from './dead-letter.reader.js';
import { Delay } from './delay.js';
import { DeletionRepository } from './deletion.repository.js';
import { DeletionService } from './deletion.service.js';
import { EvidenceRecorder } from './evidence.recorder.js';
import { ExplainReader } from './explain.reader.js';
import { ForgottenCalls } from './forgotten.calls.js';
import { ForgottenRepository } from './forgotten.repository.js';
import { GateKeeper } from './gate.keeper.js';
import { HoldService } from './hold.service.js';
import { LateAnswers } from './late.answers.js';
import { LateEvidence } from './late.evidence.js';
import { LedgerRepository } from './ledger.repository.js';
import { MetricsRepository } from './metrics.repository.js';
import { MetricsService } from './metrics.service.js';
import { BudgetRepository } from './limits/budget.repository.js';
import { Budgets } from './limits/budgets.js';
import { PlanCommands } from './plan.commands.js';
import { PlanFreezer } from './plan.freezer.js';
import { PlanHandover } from './plan.handover.js';
import { PlanMaker } from './plan.maker.js';
import { PlanReader } from './plan.reader.js';
import { PlanRepository } from './plan.repository.js';
import { PlatformSwitches } from './platform.switches.js';
import { PlatformSwitching } from './platform.switching.js';
import { ProcessBeat } from './process.beat.js';
import { ProcessReader } from './process.reader.js';
import { PublicationRepository } from './publication.repository.js';
import { PublicationRunner } from './publication.runner.js';
import { PublishProcessor } from './publish.processor.js';
import { PublishRequests } from './publish.requests.js';
import { PublishingListeners } from './publishing.listeners.js';
import { MediaExplanation } from './media.explanation.js';
import { RenditionListeners } from './rendition.listeners.js';
import { PublishingService } from './publishing.service.js';
import { PublishedReader } from './published.reader.js';
import { ReadingContext } from './reading.context.js';
import { Reconciler } from './reconciler.js';
import { RestorationRepository } from './restoration.repository.js';
import { RestorationService } from './restoration.service.js';
import { ResolveService } from './resolve.service.js';
import { RetryService } from './retry.service.js';
import { RunLoader } from './run.loader.js';
import { RunOutcome } from './run.outcome.js';
import { SettlementService } from './settlement.service.js';
import { ShutdownGate } from './shutdown.gate.js';
import { StepLedger } from './step.ledger.js';
import { TimelineReader } from './timeline.reader.js';
import { WaitingRepository } from './waiting.repository.js';
import { WakeQueue } from './wake.queue.js';
import { WakeSweep } from './wake.sweep.js';
import { WallClockGuard } from './wall-clock.guard.js';

@Module({
  imports: [ClockModule, CryptoModule, AccountsModule, ContentModule, MediaModule, PlatformsCoreModule],
  providers: [
    BudgetRepository,
    Budgets,
    CircuitRelease,
    CircuitRepository,
    Circuits,
    CommitGate,
    ContextFactory,
    Continuation,
    DeadLetterReader,
    Delay,
    DeletionRepository,
    DeletionService,
    EvidenceRecorder,
    ExplainReader,
    ForgottenCalls,
    ForgottenRepository,
    GateKeeper,
    HarmlessRead,
    HoldService,
    LateAnswers,
    LateEvidence,
    LedgerRepository,
    MetricsRepository,
    MetricsService,
    PlanCommands,
    PlanFreezer,
    PlanHandover,
    PlanMaker,
    PlanReader,
    PlanRepository,
    PlatformHealth,
    PlatformSwitches,
    PlatformSwitching,
    ProcessBeat,
    ProcessReader,
    PublicationRepository,
    PublicationRunner,
    PublishedReader,
    PublishProcessor,
    PublishRequests,
    PublishingListeners,
    RenditionListeners,
    MediaExplanation,
    PublishingService,
    ReadingContext,
    Reconciler,
    RestorationRepository,
    RestorationService,
    ResolveService,
    RetryService,
    RunLoader,
    RunOutcome,
    SettlementService,
    ShutdownGate,
    StepLedger,
    TimelineReader,
    WaitingRepository,
    WakeQueue,
    WakeSweep,
    WallClockGuard,
  ],
  exports: [
    DeadLetterReader,
    DeletionService,
    MetricsService,
    ExplainReader,
    PublishingService,
    PlanCommands,
    PlanReader,
    PlatformSwitches,
    PlatformSwitching,
    HoldService,
    LateAnswers,
    RestorationService,
    ResolveService,
    RetryService,
    TimelineReader,
  ],
})
export class PublishingModule {}
