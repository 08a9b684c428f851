export { HealthApiModule } from './health-api.module.js';
