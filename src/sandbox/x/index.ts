export { createXSimulator as createSimulator } from './x.simulator.js';
