import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import multipart from '@fastify/multipart';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { MediaApiModule } from '../../src/api/media/index.js';
import { ManualClock } from '../../src/common/clock/index.js';
import { ConfigModule } from '../../src/common/config/index.js';
import { DatabaseModule } from '../../src/common/database/index.js';
import { eventEntities, EventsModule } from '../../src/common/events/index.js';
import { createValidationPipe, ProblemFilter } from '../../src/common/http/index.js';
import { AppLogger, LoggingModule } from '../../src/common/logging/index.js';
import { ManualJobQueue, QueueModule } from '../../src/common/queue/index.js';
import { mediaEntities, mediaJobs } from '../../src/modules/media/index.js';
import type { TestDatabase } from '../support/database.js';
import type { S3Server } from '../support/s3-server.js';

/** The HTTP edge of media over its module. The bearer is the workspace's id. */
export async function startMediaApi(
  database: TestDatabase,
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
): Promise<NestFastifyApplication> {
  const env = {
    DATABASE_URL: database.appUrl,
    FANFARE_ROLE: 'api',
    LOG_LEVEL: 'silent',
    FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    FANFARE_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64'),
    FANFARE_DATA_DIR: dataDir,
    ...more,
  };
  const queue = new ManualJobQueue(new ManualClock(new Date()));
  const testing = await Test.createTestingModule({
    imports: [
      ConfigModule.forRoot({ env }),
      LoggingModule,
      DatabaseModule.forRoot([...eventEntities, ...mediaEntities]),
      EventsModule.forRoot({ running: false }),
      QueueModule.forRoot({ jobs: mediaJobs, concurrency: 1, driver: queue }),
      MediaApiModule,
    ],
  }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter(app.get(AppLogger)));
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (incoming) => {
    const workspaceId = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1];
    if (workspaceId !== undefined) Object.assign(incoming, { auth: { workspaceId, keyId: null } });
  });
  await fastify.register(multipart);
  await app.listen(0, '127.0.0.1');
  return app;
}

/** Names of everything that is kept, and of what is still coming in. */
export function storedFiles(dataDir: string, s3?: S3Server): string[] {
  const folder = path.join(dataDir, 'media');
  const onDisk = (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
  return [...onDisk, ...(s3?.keys() ?? [])].toSorted();
}
