import type { DynamicModule, INestApplicationContext, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** Runs a command inside a module, without a server; what goes wrong is thrown, and nothing stays open. */
export async function withContext<T>(
  module: Type | DynamicModule,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a class that Nest does not export
  const options: NestApplicationOptions = { logger: ['error', 'fatal'], abortOnError: false };
  const app = await NestFactory.createApplicationContext(module, options);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
