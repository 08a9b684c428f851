import { AttemptEntity } from './attempt.entity.js';
import { BudgetEntity } from './budget.entity.js';
import { CallEntity } from './call.entity.js';
import { CircuitEntity } from './circuit.entity.js';
import { CircuitWaitEntity } from './circuit-wait.entity.js';
import { CommitEntity } from './commit.entity.js';
import { DeletionEntity } from './deletion.entity.js';
import { HoldEntity } from './hold.entity.js';
import { InstanceSwitchEntity } from './instance-switch.entity.js';
import { LookEntity } from './look.entity.js';
import { PlanEntity } from './plan.entity.js';
import { PlatformSwitchEntity } from './platform-switch.entity.js';
import { ProcessEntity } from './process.entity.js';
import { PublicationEntity } from './publication.entity.js';
import { PublicationMetricsEntity } from './publication-metrics.entity.js';
import { PublishRequestEntity } from './publish-request.entity.js';
import { StepEntity } from './step.entity.js';
import { TransitionEntity } from './transition.entity.js';

export const publishingEntities = [
  PlanEntity,
  PublishRequestEntity,
  PublicationEntity,
  AttemptEntity,
  StepEntity,
  CommitEntity,
  CallEntity,
  LookEntity,
  TransitionEntity,
  PlatformSwitchEntity,
  InstanceSwitchEntity,
  HoldEntity,
  ProcessEntity,
  DeletionEntity,
  PublicationMetricsEntity,
  BudgetEntity,
  CircuitEntity,
  CircuitWaitEntity,
];
