// Runs the sweep of due occurrences in a process of its own and prints how long it took, in milliseconds, as JSON.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { importBuilt } from '../../scripts/lib/build.mjs';

const TIMES = 60;
const WARMING = 10;

const { AppModule } = await importBuilt('src/app.module.js');
const { installedPlatforms } = await importBuilt('src/platforms/installed.js');
const { OccurrenceSweep } = await importBuilt('src/modules/scheduling/index.js');
const platforms = await installedPlatforms(process.env);
const app = await NestFactory.createApplicationContext(
  AppModule.forRoot({ env: process.env, platforms, running: false, headless: true }),
  { logger: false },
);
const sweep = app.get(OccurrenceSweep, { strict: false });
const took = [];
for (let no = 0; no < TIMES; no += 1) {
  const began = performance.now();
  await sweep.sweepOnce();
  took.push(performance.now() - began);
}
console.log(JSON.stringify(took.slice(WARMING)));
await app.close();
