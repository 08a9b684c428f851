import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { closeUnusedConnections, configureHttp, createHttpAdapter } from './api/common/index.js';
import { serveDocument } from './api/openapi/index.js';
import { AppModule } from './app.module.js';
import { bootLogger } from './boot.logger.js';
import { parseConfig, readProcessEnv, withLocalKeys } from './common/config/index.js';
import { AppLogger } from './common/logging/index.js';
import { ensureFirstKey, greet, servesApi } from './greeting.js';
import { listen } from './listening.js';
import { installedPlatforms } from './platforms/installed.js';
import { explainStartFailure } from './start-failure.js';

async function start(): Promise<void> {
  const { env } = withLocalKeys(readProcessEnv());
  const platforms = await installedPlatforms(env);
  const config = parseConfig(env, platforms.configSpecs);
  const logger = AppLogger.create(config.logLevel);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a class that Nest does not export
  const options: NestApplicationOptions = { logger: bootLogger(logger), abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot({ env, platforms, running: true }),
    createHttpAdapter(config, logger),
    options,
  );
  app.enableShutdownHooks();
  try {
    await configureHttp(app, logger);
    closeUnusedConnections(app.getHttpAdapter().getInstance());
    if (servesApi(config)) serveDocument(app);
    await app.init();
    const first = await ensureFirstKey(app, config);
    greet(config, await listen(app, config), first);
  } catch (error) {
    await app.close();
    throw error;
  }
}

try {
  await start();
} catch (error) {
  process.stderr.write(`fanfare: ${explainStartFailure(error)}\n`);
  process.exitCode = 1;
}
