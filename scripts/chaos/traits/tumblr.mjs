import { usual } from '../usual-traits.mjs';

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ name: `chaos-${n}` }),
  sandbox: { rateLimits: false },
  unpaced: true,
  look: 'posts.list',
};
