export { createInstagramSimulator as createSimulator } from './instagram.simulator.js';
