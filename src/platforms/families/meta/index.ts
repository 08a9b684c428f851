export { accessFor, proofOf, type GraphAccess } from './graph.access.js';
export { readGraphFailure, wordAt } from './graph.answers.js';
export { insightsBy, readQuota } from './graph.figures.js';
export { cursorOf, readAll, readListing, type Listing } from './graph.listing.js';
export { GraphOAuthClient } from './graph.oauth.js';
