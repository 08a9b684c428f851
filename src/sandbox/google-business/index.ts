export { createGoogleBusinessSimulator as createSimulator } from './google-business.simulator.js';
