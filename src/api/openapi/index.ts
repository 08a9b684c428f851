export { buildDocument, serveDocument } from './document.js';
export { ViolationDto } from './problem.dto.js';
