export { DeadLettersApiModule } from './dead-letters-api.module.js';
