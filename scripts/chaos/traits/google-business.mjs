import { usual } from '../usual-traits.mjs';

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  sandbox: { queriesPerMinute: 100_000 },
  unpaced: true,
  look: 'localPosts.list',
  idOf: ({ extra }) => extra.name,
};
