import multipart from '@fastify/multipart';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppConfig } from '../../common/config/index.js';
import { createProblemSender } from '../../common/http/index.js';
import { AppLogger, logRequests, requestIdOf } from '../../common/logging/index.js';

/** Bytes of a JSON body. */
export const bodyLimit = 1024 * 1024;
/** Milliseconds for the whole request to arrive; an upload over a slow line takes long. */
const requestTimeout = 10 * 60 * 1000;

/** Fastify with our request ids, limits and problem documents; the same for the server and for tests. */
export function createHttpAdapter(
  { trustProxy }: Pick<AppConfig, 'trustProxy'>,
  logger: AppLogger,
): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    bodyLimit,
    requestTimeout,
    genReqId: requestIdOf,
    frameworkErrors: createProblemSender(logger),
    multipart: false,
  });
}

/** What has to be in place before the application is initialised. */
export async function configureHttp(app: NestFastifyApplication, logger: AppLogger): Promise<void> {
  logRequests(app.getHttpAdapter().getInstance(), logger);
  // Routes set the limits of their own files; without one of them nothing large comes in by accident.
  await app.register(multipart, { limits: { fileSize: bodyLimit } });
}
