export { createYoutubeSimulator as createSimulator } from './youtube.simulator.js';
