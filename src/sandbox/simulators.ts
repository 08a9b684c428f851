import { BlueskySimulator } from './bluesky/bluesky.simulator.js';
import { createEmailSimulator } from './email/email.simulator.js';
import type { SimulatorFactory } from './core/simulator.js';
import { createTelegramSimulator } from './telegram/telegram.simulator.js';
import { MastodonSimulator } from './mastodon/mastodon.simulator.js';

export interface SimulatorEntry {
  readonly key: string;
  readonly create: SimulatorFactory;
}

/**
 * Every simulator. The position in `PLATFORM_ORDER` gives the port: SANDBOX_PORT + position, from 1. A platform keeps its
 * place for ever, so new ones go to the end.
 */
export const PLATFORM_ORDER = [
  'bluesky',
  'mastodon',
  'telegram',
  'email',
  'facebook',
  'instagram',
  'threads',
  'x',
  'linkedin',
  'pinterest',
  'tumblr',
  'google-business',
  'youtube',
  'tiktok',
] as const;

export const SIMULATORS: readonly SimulatorEntry[] = [
  { key: 'bluesky', create: (environment) => new BlueskySimulator(environment) },
  { key: 'mastodon', create: (environment) => new MastodonSimulator(environment) },
  { key: 'telegram', create: createTelegramSimulator },
  { key: 'email', create: createEmailSimulator },
];
