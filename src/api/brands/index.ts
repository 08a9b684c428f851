export { BrandsApiModule } from './brands-api.module.js';
