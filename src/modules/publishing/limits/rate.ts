import { stableHash } from '../../../common/crypto/index.js';
import type { ConfiguredRate } from '../../../common/config/index.js';
import type { AccountRef, BasePublisher, Pacing, RateLimit } from '../../../platforms/core/index.js';

/** A rate of one account or app, with the row that counts it. */
export interface Rate {
  readonly key: string;
  readonly name: string;
  readonly per: 'account' | 'app';
  readonly max: number;
  readonly periodMs: number;
  /** Milliseconds in which one call comes back. */
  readonly intervalMs: number;
  readonly burst: number;
}

/** Where a platform's word that there were too many requests is kept. */
export interface Pause {
  readonly key: string;
  readonly per: 'account' | 'app';
}

/** Milliseconds between those that are woken when a pause is over. */
export const pauseTurnMs = 250;
/** Milliseconds of a pause when neither the answer nor the platform's data says how long. */
const defaultPauseMs = 60_000;

const noPacing: Pacing = { rates: [] };

/** The rates that hold for an account: the platform's own, unless the configuration has others. */
export function ratesOf(
  publisher: BasePublisher,
  account: AccountRef,
  configured?: readonly ConfiguredRate[] | null,
): Rate[] {
  const own = pacingOf(publisher, account).rates;
  const rates: readonly RateLimit[] =
    configured?.map((rate) => ({
      ...rate,
      per: own.find(({ name }) => name === rate.name)?.per ?? ('account' as const),
    })) ?? own;
  return rates.map(({ name, per, max, periodMs, burst }) => ({
    key: keyOf(publisher, account, per, name),
    name,
    per,
    max,
    periodMs,
    intervalMs: periodMs / max,
    burst: burst ?? max,
  }));
}

export function pausesOf(publisher: BasePublisher, account: AccountRef): Pause[] {
  return (['account', 'app'] as const).map((per) => ({
    key: keyOf(publisher, account, per, 'pause'),
    per,
  }));
}

/** The pause that a "too many requests" to this account begins. */
export function pauseBy(publisher: BasePublisher, account: AccountRef): Pause {
  const per = pacingOf(publisher, account).pauses ?? 'account';
  return { key: keyOf(publisher, account, per, 'pause'), per };
}

export function pauseMsOf(publisher: BasePublisher, account: AccountRef): number {
  return pacingOf(publisher, account).pauseMs ?? defaultPauseMs;
}

function pacingOf(publisher: BasePublisher, account: AccountRef): Pacing {
  return publisher.capabilitiesFor(account).pacing ?? noPacing;
}

/** The same for every workspace that has connected the account; tells nobody which account it is. */
function keyOf(publisher: BasePublisher, account: AccountRef, per: 'account' | 'app', name: string): string {
  const subject = per === 'account' ? account.externalId : publisher.appOf(account);
  return `${account.platform}:${name}:${stableHash([per, subject]).slice(0, 32)}`;
}
