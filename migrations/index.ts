import type { MigrationInterface } from 'typeorm';
import { Foundation0001 } from './0001-foundation.js';

/** In the order in which they run. Listed by hand, so that a file that is left out is noticed in review. */
export const migrations: (new () => MigrationInterface)[] = [Foundation0001];
