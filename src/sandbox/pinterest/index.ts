export { createPinterestSimulator as createSimulator } from './pinterest.simulator.js';
