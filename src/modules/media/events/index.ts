export { MediaReady, type MediaReadyData } from './media-ready.event.js';
