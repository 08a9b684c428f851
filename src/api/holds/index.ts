export { HoldsApiModule } from './holds-api.module.js';
