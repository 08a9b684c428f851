import { AssetEntity } from './entities/asset.entity.js';
import { BlobEntity } from './entities/blob.entity.js';
import { MediaQuotaEntity } from './entities/media-quota.entity.js';
import { MediaUseEntity } from './entities/media-use.entity.js';
import { RenditionEntity } from './entities/rendition.entity.js';

export { inlineDisposition } from './content-disposition.js';
export { type AssetFilter } from './assets.repository.js';
export { type MediaDetails } from './asset.js';
export { type Asset, type AssetState, assetStates, type MediaDescription } from './asset.js';
export type { SignedFile } from './file-link.js';
export { MediaModule } from './media.module.js';
export { MediaReader, type OpenMedium } from './media.reader.js';
export { checkAltText, maxAltText } from './alt-text.js';
export { ArchiveMover, type Moved } from './archive.mover.js';
export { type Collected, MediaCollector } from './media.collector.js';
export { type ImportRequest, MediaImport } from './media.import.js';
export { StagingArea } from './storage/staging.area.js';
export { type AssetPage, MediaLibrary } from './media.library.js';
export { MediaQuota, type MediaUsage } from './media.quota.js';
export { MediaLinks } from './media.links.js';
export { type Reachability, ReachabilityCheck } from './reachability.check.js';
export { MediaUses } from './media.uses.js';
export type { MediaUse } from './uses.repository.js';
export { MediaService, type Upload } from './media.service.js';

export { MediaRenditions, type ResolvedContent } from './renditions/media.renditions.js';
export type { Rendition, RenditionOrder } from './renditions/rendition.js';
export { makeRendition, mediaJobs } from './renditions/rendition.jobs.js';
export { type RenditionState, renditionStates } from './entities/rendition.entity.js';

export const mediaEntities = [AssetEntity, BlobEntity, MediaQuotaEntity, MediaUseEntity, RenditionEntity];
