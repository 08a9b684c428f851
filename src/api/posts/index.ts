export { Pause } from './pause.js';
export { PostsApiModule } from './posts-api.module.js';
