import { usual } from '../usual-traits.mjs';

/** A pin has a picture, which goes up with it.
 * @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  sandbox: { rateLimits: false },
  unpaced: true,
  needs: 'picture',
  look: 'boards.list_pins',
};
