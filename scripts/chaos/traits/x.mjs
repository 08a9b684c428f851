import { usual } from '../usual-traits.mjs';

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ username: `chaos${n}`, name: `Chaos ${n}` }),
  threads: true,
  quick: true,
  preparation: 'media.upload',
  look: 'users.tweets',
};
