export { PublicationStateDto } from './publication-state.dto.js';
export { PublicationDto } from './publication.dto.js';
export { plannedPublication, toPublication, toPublicationState } from './publication.view.js';
export { PublicationsApiModule } from './publications-api.module.js';
export { toFilter, UnsuccessfulFilterDto } from './unsuccessful.dto.js';
