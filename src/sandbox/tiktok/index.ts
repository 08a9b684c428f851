export { createTiktokSimulator as createSimulator } from './tiktok.simulator.js';
