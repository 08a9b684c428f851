export { deriveId, newId, parsePublicId, toPublicId, type IdPrefix } from './ids.js';
