export { createThreadsSimulator as createSimulator } from './threads.simulator.js';
