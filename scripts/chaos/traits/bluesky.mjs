import { usual } from '../usual-traits.mjs';

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ handle: `chaos${n}.test` }),
  threads: true,
  quick: true,
  preparation: 'com.atproto.repo.uploadBlob',
  look: 'com.atproto.repo.getRecord',
};
