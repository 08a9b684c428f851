// Made by scripts/platform-files.mjs.
import type { SimulatorFactory } from './core/simulator.js';
import { createSimulator as bluesky } from './bluesky/index.js';
import { createSimulator as email } from './email/index.js';
import { createSimulator as facebook } from './facebook/index.js';
import { createSimulator as googleBusiness } from './google-business/index.js';
import { createSimulator as instagram } from './instagram/index.js';
import { createSimulator as linkedin } from './linkedin/index.js';
import { createSimulator as mastodon } from './mastodon/index.js';
import { createSimulator as pinterest } from './pinterest/index.js';
import { createSimulator as telegram } from './telegram/index.js';
import { createSimulator as threads } from './threads/index.js';
import { createSimulator as tiktok } from './tiktok/index.js';
import { createSimulator as tumblr } from './tumblr/index.js';
import { createSimulator as x } from './x/index.js';
import { createSimulator as youtube } from './youtube/index.js';

export interface SimulatorEntry {
  readonly key: string;
  readonly create: SimulatorFactory;
}

/** Every simulator. */
export const SIMULATORS: readonly SimulatorEntry[] = [
  { key: 'bluesky', create: bluesky },
  { key: 'email', create: email },
  { key: 'facebook', create: facebook },
  { key: 'google-business', create: googleBusiness },
  { key: 'instagram', create: instagram },
  { key: 'linkedin', create: linkedin },
  { key: 'mastodon', create: mastodon },
  { key: 'pinterest', create: pinterest },
  { key: 'telegram', create: telegram },
  { key: 'threads', create: threads },
  { key: 'tiktok', create: tiktok },
  { key: 'tumblr', create: tumblr },
  { key: 'x', create: x },
  { key: 'youtube', create: youtube },
];
