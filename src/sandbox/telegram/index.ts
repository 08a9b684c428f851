export { createTelegramSimulator as createSimulator } from './telegram.simulator.js';
