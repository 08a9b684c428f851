import type { ErrorTable } from '../core/index.js';
import { accessRows } from './x.errors.access.js';
import { contentRows } from './x.errors.content.js';
import { limitRows } from './x.errors.limits.js';

/** Every answer that the documents list. What is not in it is unknown, and looked for. */
export const xErrors: ErrorTable = { platform: 'x', rows: [...accessRows, ...contentRows, ...limitRows] };
