import type { ApiCost, PlatformDescriptor } from '../core/index.js';
import { xCapabilities } from './x.capabilities.js';
import { xErrors } from './x.errors.js';
import { xSettings } from './x.settings.js';

const source = 'X API pay-per-use price list, as of 2026-08';

/** Prices of apps without a subscription from before 2026-02. */
const costs: readonly ApiCost[] = [
  ['A post without a link', '0.015'],
  ['A post with a link', '0.20'],
  ['Deleting a post', '0.010'],
  ['Alternative text of a file', '0.005'],
  ['Reading a post: a look, or its figures', '0.005'],
  ['Reading the account', '0.010'],
].map(([what = '', amount = '']) => ({ what, amount, currency: 'USD', source }));

export const xDescriptor: PlatformDescriptor = {
  key: 'x',
  name: 'X',
  capabilities: xCapabilities,
  settings: xSettings,
  errors: xErrors,
  costs,
};
