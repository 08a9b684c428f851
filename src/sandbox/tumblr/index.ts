export { createTumblrSimulator as createSimulator } from './tumblr.simulator.js';
