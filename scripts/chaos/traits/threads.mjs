import { usual } from '../usual-traits.mjs';

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ username: `chaos${n}` }),
  threads: true,
  preparation: 'containers.create',
  look: 'threads.list',
};
