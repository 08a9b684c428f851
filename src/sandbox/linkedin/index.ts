export { createLinkedinSimulator as createSimulator } from './linkedin.simulator.js';
