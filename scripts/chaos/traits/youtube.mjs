import { usual } from '../usual-traits.mjs';

const MANY = 1_000_000;

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ name: `Chaos ${n}`, handle: `@chaos${n}` }),
  sandbox: { insertsPerDay: MANY, unitsPerDay: MANY, channelUploadsPerDay: MANY },
  unpaced: true,
  needs: 'video',
  preparation: 'videos.open',
  look: 'videos.probe',
};
