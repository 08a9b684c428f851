// node --import ./test/simulation/environment/register.mjs file.ts: runs TypeScript as it lies there, in the simulation's
// environment (globals.mjs).
import { register } from 'node:module';
import 'reflect-metadata';
import './globals.mjs';

register('./hooks.mjs', import.meta.url);
