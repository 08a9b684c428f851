export { createFacebookSimulator as createSimulator } from './facebook.simulator.js';
