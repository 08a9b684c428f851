import { AssetEntity } from './entities/asset.entity.js';

export { inlineDisposition } from './content-disposition.js';
export { type Asset, type AssetState, assetStates, type MediaDescription } from './asset.js';
export type { SignedFile } from './file-link.js';
export { MediaModule } from './media.module.js';
export { MediaReader, type OpenMedium } from './media.reader.js';
export { maxAltText, MediaService, type Upload } from './media.service.js';
export { maxUploadBytes } from './upload.intake.js';

export const mediaEntities = [AssetEntity];
