export { MediaReady, type MediaReadyData } from './media-ready.event.js';
export { RenditionFailed, type RenditionFailedData } from './rendition-failed.event.js';
export { RenditionReady, type RenditionReadyData } from './rendition-ready.event.js';
