import type { ErrorTable } from '../core/index.js';
import { accessRows } from './youtube.errors.access.js';
import { contentRows } from './youtube.errors.content.js';
import { limitRows } from './youtube.errors.limits.js';

/** Every answer that the documents list, told by its reason. What is not in it is unknown, and looked for. */
export const youtubeErrors: ErrorTable = {
  platform: 'youtube',
  rows: [...limitRows, ...accessRows, ...contentRows],
};
