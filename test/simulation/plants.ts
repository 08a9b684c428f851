import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../src/common/database/index.js';
import type { PlanEntity } from '../../src/modules/publishing/entities/plan.entity.js';
import { PlanRepository } from '../../src/modules/publishing/plan.repository.js';
import {
  PublicationRepository,
  type PublicationStanding,
} from '../../src/modules/publishing/publication.repository.js';
import type { PublicationRun } from '../../src/modules/publishing/publication.run.js';
import type { PublicationState } from '../../src/modules/publishing/publication.states.js';
import { Reconciler } from '../../src/modules/publishing/reconciler.js';
import type { BasePublisher, PlatformCapabilities } from '../../src/platforms/core/index.js';
import type { Rewrite } from './database/simulated.driver.js';
import { Network } from './platform/network.js';
import type { Token } from './world/injector.js';
import type { World } from './world/world.js';

/** A bug that is put into the engine for a test: in a statement on its way, in a class, or where a gate is asked. */
export interface Plant {
  readonly rewrite?: Rewrite;
  /** Each stands in for its base class. */
  readonly replaced?: ReadonlyMap<Token, Token>;
  readonly network?: (world: World) => Network;
}

function rewriting(part: string | RegExp, by: string): Rewrite {
  return (text, values) => {
    const changed = text.replace(part, by);
    return changed === text ? null : { text: changed, values };
  };
}

/** Leaves out the last look at the send window, right before the first byte. */
class CarelessNetwork extends Network {
  override exchange(request: Parameters<Network['exchange']>[0]): ReturnType<Network['exchange']> {
    return super.exchange({ ...request, gate: { ...request.gate, assertOpen: () => undefined } });
  }
}

/** Never looks what became of an open commit. */
class BlindReconciler extends Reconciler {
  override reconcile(): Promise<null> {
    return Promise.resolve(null);
  }
}

/** Takes the first absence for the last word. */
class HastyReconciler extends Reconciler {
  override reconcile(run: PublicationRun): ReturnType<Reconciler['reconcile']> {
    const publisher = Object.create(run.publisher) as BasePublisher;
    publisher.capabilitiesFor = (account): PlatformCapabilities => {
      const capabilities = run.publisher.capabilitiesFor(account);
      const { absentAfterLooks } = capabilities.reconcile;
      const hasty = absentAfterLooks === 2 ? 1 : absentAfterLooks;
      return { ...capabilities, reconcile: { ...capabilities.reconcile, absentAfterLooks: hasty } };
    };
    return super.reconcile(Object.create(run, { publisher: { value: publisher } }) as PublicationRun);
  }
}

/** By transaction: the publications of a plan as the statement that locked the plan saw them. */
const seenWithLock = new WeakMap<EntityManager, Map<string, PublicationState>>();

function unitOf(repository: object): UnitOfWork {
  const unit: unknown = Reflect.get(repository, 'unitOfWork');
  if (unit instanceof UnitOfWork) return unit;
  throw new Error('no unit of work');
}

/** Locks the plan and reads its publications in one statement, which shows them as they were before it waited. */
class OneStatementPlans extends PlanRepository {
  override async lock(id: string): Promise<PlanEntity | null> {
    const { manager, workspaceId } = unitOf(this);
    const rows = await manager.query<{ seen: { id: string; state: PublicationState }[] | null }[]>(
      `SELECT (SELECT json_agg(json_build_object('id', p.id, 'state', p.state)) FROM publications p
                WHERE p.workspace_id = plans.workspace_id AND p.plan_id = plans.id) AS seen
         FROM plans WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
      [workspaceId, id],
    );
    const states = new Map((rows[0]?.seen ?? []).map((row) => [row.id, row.state]));
    if (!seenWithLock.has(manager)) seenWithLock.set(manager, states);
    return super.lock(id);
  }
}

class OneStatementPublications extends PublicationRepository {
  override async statesOfPlan(planId: string): Promise<PublicationStanding[]> {
    const seen = seenWithLock.get(unitOf(this).manager);
    const rows = await super.statesOfPlan(planId);
    return rows.map((row) => ({ ...row, state: seen?.get(row.id) ?? row.state }));
  }

  override async end(...ending: Parameters<PublicationRepository['end']>): Promise<void> {
    const [row, { state }] = ending;
    seenWithLock.get(unitOf(this).manager)?.set(row.id, state);
    await super.end(...ending);
  }
}

export const plants = {
  'fence-without-token': {
    rewrite: rewriting('p.lease_token = $3 AND p.lease_until > clock.now', '$3::uuid IS NOT NULL'),
  },
  'fence-without-lease-end': {
    rewrite: rewriting('p.lease_token = $3 AND p.lease_until > clock.now', 'p.lease_token = $3'),
  },
  'fence-without-hold': {
    rewrite: rewriting(
      / AND NOT p\.held\s+AND NOT EXISTS \(SELECT FROM holds[\s\S]*? END\)\)/,
      ' AND $15::uuid IS NULL',
    ),
  },
  'send-window-ignored': { network: (world: World) => new CarelessNetwork(world) },
  'settling-without-lock': { rewrite: rewriting(/(FROM "plans" [\s\S]*) FOR UPDATE$/, '$1') },
  'lock-and-read-in-one-statement': {
    replaced: new Map<Token, Token>([
      [PlanRepository, OneStatementPlans],
      [PublicationRepository, OneStatementPublications],
    ]),
  },
  // Each event gets its number when it is written, as from an identity column, not when it is seen by all.
  'numbered-when-written': { rewrite: rewriting('SET seq = n.seq FROM', 'SET seq = o.position FROM') },
  'absent-after-one-look': { replaced: new Map<Token, Token>([[Reconciler, HastyReconciler]]) },
  'settling-delay-from-started': {
    rewrite: rewriting(
      `fence.now, fence.now, fence.now + $6::double precision * interval '1 second'`,
      'fence.now, fence.now, fence.now',
    ),
  },
  'open-commit-sent-again': {
    rewrite: rewriting(
      /AND \(c\.state = 'clear' OR \(c\.state = 'open' AND c\.repeat_until > excluded\.last_started_at\)\)/,
      '',
    ),
    replaced: new Map<Token, Token>([[Reconciler, BlindReconciler]]),
  },
  'claim-of-a-live-lease': {
    rewrite: rewriting(
      `(lease_until IS NULL OR lease_until < (SELECT fanfare.now()))
          AND wake_at <= (SELECT fanfare.now())`,
      'true',
    ),
  },
} as const satisfies Record<string, Plant>;

export type PlantName = keyof typeof plants;
export const plantNames = Object.keys(plants) as PlantName[];
