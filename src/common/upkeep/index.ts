export { Upkeep } from './upkeep.js';
