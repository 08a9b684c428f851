export { accessFor, proofOf, type GraphAccess } from './graph.access.js';
export { bodyOf, readGraphFailure, wordAt } from './graph.answers.js';
export { cursorOf, readAll, type Listing } from './graph.listing.js';
export { GraphOAuthClient } from './graph.oauth.js';
