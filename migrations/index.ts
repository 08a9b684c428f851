import type { MigrationInterface } from 'typeorm';
import { Foundation0001 } from './0001-foundation.js';
import { Accounts0002 } from './0002-accounts.js';
import { Content0003 } from './0003-content.js';
import { Media0004 } from './0004-media.js';
import { Scheduling0005 } from './0005-scheduling.js';
import { Publishing0006 } from './0006-publishing.js';
import { Idempotency0007 } from './0007-idempotency.js';
import { MediaPipeline0008 } from './0008-media-pipeline.js';
import { Holds0009 } from './0009-holds.js';
import { Limits0010 } from './0010-limits.js';
import { Telling0012 } from './0012-telling.js';
import { Restorations0013 } from './0013-restorations.js';
import { MediaArchive0016 } from './0016-media-archive.js';
import { RenditionWork0014 } from './0014-rendition-work.js';
import { Deletions0018 } from './0018-deletions.js';
import { PublicationMetrics0019 } from './0019-publication-metrics.js';
import { Gates0020 } from './0020-gates.js';
import { Policies0021 } from './0021-policies.js';
import { MediaQuotas0022 } from './0022-media-quotas.js';
import { Upkeep0023 } from './0023-upkeep.js';
import { EndingLogins0024 } from './0024-ending-logins.js';
import { SharedLogins0025 } from './0025-shared-logins.js';

/** In the order in which they run. Listed by hand, so that a file that is left out is noticed in review. */
export const migrations: (new () => MigrationInterface)[] = [
  Foundation0001,
  Accounts0002,
  Content0003,
  Media0004,
  Scheduling0005,
  Publishing0006,
  Idempotency0007,
  MediaPipeline0008,
  Holds0009,
  Limits0010,
  Telling0012,
  Restorations0013,
  RenditionWork0014,
  MediaArchive0016,
  Deletions0018,
  PublicationMetrics0019,
  Gates0020,
  Policies0021,
  MediaQuotas0022,
  Upkeep0023,
  EndingLogins0024,
  SharedLogins0025,
];
