export { createEmailSimulator as createSimulator } from './email.simulator.js';
