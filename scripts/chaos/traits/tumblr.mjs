import { usual } from '../usual-traits.mjs';

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ name: `chaos-${n}` }),
  look: 'posts.list',
};
