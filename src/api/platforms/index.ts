export { PlatformsApiModule } from './platforms-api.module.js';
