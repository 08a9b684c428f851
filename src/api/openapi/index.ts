export { buildDocument, serveDocument } from './document.js';
