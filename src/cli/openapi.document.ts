import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { NestApplicationOptions } from '@nestjs/common';
import { createHttpAdapter } from '../api/common/index.js';
import { buildDocument } from '../api/openapi/index.js';
import { AppModule } from '../app.module.js';
import { AppLogger } from '../common/logging/index.js';
import { builtInPlatforms } from '../platforms/installed.js';

/** A preview makes no object and opens no connection: these only have to be well-formed. */
const env = {
  DATABASE_URL: 'postgresql://nobody@127.0.0.1/nothing',
  FANFARE_ENCRYPTION_KEYS: `preview:${Buffer.alloc(32).toString('base64')}`,
  FANFARE_SIGNING_KEY: Buffer.alloc(32).toString('base64'),
};

/** The OpenAPI document of the program text, without a database. */
export async function renderOpenApi(): Promise<string> {
  const adapter = createHttpAdapter({ trustProxy: false }, AppLogger.create('silent'));
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a class that Nest does not export
  const options: NestApplicationOptions = { preview: true, logger: false, abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot({ env, platforms: builtInPlatforms, running: false }),
    adapter,
    options,
  );
  return `${JSON.stringify(buildDocument(app), null, 2)}\n`;
}
