import type { SimulatorFactory } from '../core/simulator.js';
import { MastodonSimulator } from './mastodon.simulator.js';

export const createSimulator: SimulatorFactory = (environment) => new MastodonSimulator(environment);
