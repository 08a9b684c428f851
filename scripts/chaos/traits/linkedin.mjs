import { usual } from '../usual-traits.mjs';

/** Organizations: of people's posts nobody can tell.
 * @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ kind: 'organization', name: `Chaos ${n}` }),
  preparation: 'upload',
  look: 'posts.find',
};
