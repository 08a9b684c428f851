import type { Random } from '../world/random.js';
import { kindOf } from './kinds.js';

/** Which part of which publication a request is for; the platform keeps it, so that the checks can tell. */
export interface Mark {
  readonly publicationId: string;
  readonly revision: number;
  readonly commit: string;
}

export interface VisibleRequest {
  readonly account: string;
  readonly text: string;
  readonly replyTo: string | null;
  readonly key: string | null;
  readonly mark: Mark;
}

/** What people see on the platform. */
export interface Entry extends VisibleRequest {
  readonly id: string;
  readonly platform: string;
  readonly actedAt: number;
  /** From when on reads may show it. */
  readonly visibleAt: number;
  /** A list may miss it once, as one that is served by a copy that lags behind does. */
  missed: boolean;
}

export interface Container {
  readonly id: string;
  readonly platform: string;
  readonly readyAt: number;
  entry: Entry | null;
}

/** The model platforms: what they have taken, and what they show of it when. */
export class ModelPlatforms {
  readonly entries: Entry[] = [];
  private readonly containers = new Map<string, Container>();

  constructor(
    private readonly random: Random,
    private readonly onEntry: (entry: Entry) => void,
  ) {}

  /** Makes the post visible from `actedAt` on; a key that is known and still honoured makes nothing new. */
  act(platform: string, request: VisibleRequest, actedAt: number): Entry {
    const kind = kindOf(platform);
    const known = request.key === null ? undefined : this.entries.find(({ key }) => key === request.key);
    const honoured = kind.source === 'key' || kind.repeatSafeForMs !== null;
    if (known !== undefined && honoured) return known;
    const lag = kind.source === 'key' ? 0 : this.random.between(0, kind.reconcile.settleMs);
    const entry: Entry = {
      ...request,
      id: `${platform}-${this.entries.length + 1}`,
      platform,
      actedAt,
      visibleAt: actedAt + (this.random.chance(0.5) ? 0 : lag),
      missed: false,
    };
    this.entries.push(entry);
    this.onEntry(entry);
    return entry;
  }

  publishContainer(id: string, request: VisibleRequest, actedAt: number): Entry {
    const container = this.container(id);
    const entry = this.act(container.platform, request, actedAt);
    container.entry ??= entry;
    return entry;
  }

  list(platform: string, account: string, now: number): Entry[] {
    return this.entries.filter((entry) => {
      if (entry.platform !== platform || entry.account !== account || entry.visibleAt > now) return false;
      if (entry.missed || !this.random.chance(0.1)) return true;
      entry.missed = true;
      return false;
    });
  }

  byKey(platform: string, key: string, now: number): Entry | null {
    return (
      this.entries.find(
        (entry) => entry.platform === platform && entry.key === key && entry.actedAt <= now,
      ) ?? null
    );
  }

  makeContainer(platform: string, now: number): Container {
    const container: Container = {
      id: `c${this.containers.size + 1}`,
      platform,
      readyAt: now + this.random.between(0, 20_000),
      entry: null,
    };
    this.containers.set(container.id, container);
    return container;
  }

  container(id: string): Container {
    const container = this.containers.get(id);
    if (container === undefined) throw new Error(`no container ${id}`);
    return container;
  }
}
