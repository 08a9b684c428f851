import { tooMany, unavailable, usual } from '../usual-traits.mjs';

const LIMIT = { data: {}, error: { code: 'rate_limit_exceeded', message: '', log_id: 'chaos' } };
const MANY = 100_000;

/**
 * A video: it goes up in bytes, and its id is known before it is out. It waits for the outcome by the same call by which it looks
 * for one, so that none of these is refused on purpose.
 * @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ username: `chaos${n}`, name: `Chaos ${n}` }),
  sandbox: {
    ...{ postsPerDay: MANY, activeCreators: MANY, initsPerMinute: MANY, statusPerMinute: MANY },
    ...{ creatorInfoPerMinute: MANY, readsPerMinute: MANY },
  },
  unpaced: true,
  needs: 'video',
  refusals: [{ ...tooMany, body: LIMIT }, unavailable],
  preparation: 'video.init',
  // The video has an id of its own, later, and only when it is public.
  idOf: ({ extra }) => extra.publishId,
};
