import { tooMany, unavailable, usual } from '../usual-traits.mjs';

const LIMIT = {
  error: { message: 'Application request limit reached', type: 'OAuthException', code: 80002 },
};

const MANY = 100_000;

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ username: `chaos${n}` }),
  sandbox: { publishQuota: MANY, containerQuota: MANY, impressions: MANY },
  unpaced: true,
  needs: 'picture',
  refusals: [{ ...tooMany, status: 400, body: LIMIT }, unavailable],
  preparation: 'containers.create',
  look: 'media.list',
};
