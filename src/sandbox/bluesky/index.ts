import type { SimulatorFactory } from '../core/simulator.js';
import { BlueskySimulator } from './bluesky.simulator.js';

export const createSimulator: SimulatorFactory = (environment) => new BlueskySimulator(environment);
