export { PlansApiModule } from './plans-api.module.js';
export { outcomes, SummaryDto } from './summary.dto.js';
