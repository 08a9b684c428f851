import { tooMany, unavailable, usual } from '../usual-traits.mjs';

const LIMIT = {
  error: { message: '(#80001) Too many calls to this page.', type: 'OAuthException', code: 80001 },
};

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ name: `Chaos ${n}` }),
  refusals: [{ ...tooMany, status: 400, body: LIMIT }, unavailable],
  preparation: 'photos.upload',
  look: 'posts.published',
};
