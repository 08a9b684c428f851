import type { JsonObject } from '../core/index.js';
import type { BlueskySettings, Replier } from './bluesky.settings.js';

/** A record beside a post: it has the post's key in a collection of its own. */
export interface Gate {
  readonly collection: 'app.bsky.feed.threadgate' | 'app.bsky.feed.postgate';
  readonly value: JsonObject;
}

export interface GatedPost {
  /** The post itself is 0. */
  readonly part: number;
  readonly uri: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

const rules: Readonly<Record<Exclude<Replier, 'nobody'>, string>> = {
  mentioned: 'app.bsky.feed.threadgate#mentionRule',
  following: 'app.bsky.feed.threadgate#followingRule',
  followers: 'app.bsky.feed.threadgate#followerRule',
};

/** How many records a part has beside it. */
export function countGates(settings: BlueskySettings, part: number): number {
  return Number(gatesThread(settings, part)) + Number(settings.whoMayQuote === 'nobody');
}

/**
 * Who may reply holds for a thread, by its first post; who may quote, for each part. No rules at all let nobody reply, and
 * without a gate everybody may. The same post gives the same bytes.
 */
export function buildGates(settings: BlueskySettings, { part, uri, createdAt }: GatedPost): Gate[] {
  const gates: Gate[] = [];
  if (gatesThread(settings, part)) {
    const collection = 'app.bsky.feed.threadgate';
    const allow = settings.whoMayReply.flatMap((who) => (who === 'nobody' ? [] : [{ $type: rules[who] }]));
    gates.push({ collection, value: { $type: collection, post: uri, allow, createdAt } });
  }
  if (settings.whoMayQuote === 'nobody') {
    const collection = 'app.bsky.feed.postgate';
    const embeddingRules = [{ $type: 'app.bsky.feed.postgate#disableRule' }];
    gates.push({ collection, value: { $type: collection, post: uri, embeddingRules, createdAt } });
  }
  return gates;
}

function gatesThread({ whoMayReply }: BlueskySettings, part: number): boolean {
  return part === 0 && whoMayReply.length > 0;
}
