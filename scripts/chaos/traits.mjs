/**
 * What a storm has to know about a platform. A platform that is missing here stops the run.
 * @typedef {object} Traits
 * @property {(n: number) => object} make what makes the nth account of it in the sandbox
 * @property {boolean} readable what is live can be read back: there nothing may stay unconfirmed
 * @property {boolean} threads
 * @property {boolean} quick a call that hangs is given up after half a minute; elsewhere too late for a short run
 * @property {object[]} refusals too many requests, and not available, as the platform says it
 * @property {boolean} refusesByStatus an answer with an error status proves that nothing was taken
 * @property {string | null} preparation what is called before the first visible call, with a picture in the post
 * @property {string | null} look what is read to find out what became of a call
 */

const TELEGRAM_LIMIT = {
  ok: false,
  error_code: 429,
  description: 'Too Many Requests: retry after 20',
  parameters: { retry_after: 20 },
};

const tooMany = { kind: 'status', status: 429 };
const unavailable = { kind: 'status', status: 503 };

/** @type {Record<string, Traits>} */
const TRAITS = {
  bluesky: {
    make: (n) => ({ handle: `chaos${n}.test` }),
    readable: true,
    threads: true,
    quick: true,
    refusals: [tooMany, unavailable],
    refusesByStatus: false,
    preparation: 'com.atproto.repo.uploadBlob',
    look: 'com.atproto.repo.getRecord',
  },
  mastodon: {
    make: (n) => ({ username: `chaos${n}` }),
    readable: true,
    threads: true,
    quick: true,
    refusals: [tooMany, unavailable],
    refusesByStatus: false,
    preparation: 'media.create',
    look: null,
  },
  telegram: {
    make: (n) => ({ title: `Chaos ${n}`, type: n % 3 === 0 ? 'group' : 'channel', newBot: true }),
    readable: false,
    threads: false,
    quick: false,
    refusals: [{ ...tooMany, body: TELEGRAM_LIMIT }, unavailable],
    refusesByStatus: false,
    preparation: null,
    look: null,
  },
  // A mail server that says no has not taken the mail (RFC 5321).
  email: {
    make: (n) => ({ user: `chaos${n}@fanfare.example` }),
    readable: false,
    threads: false,
    quick: false,
    refusals: [
      { kind: 'status', status: 421 },
      { kind: 'status', status: 451 },
    ],
    refusesByStatus: true,
    preparation: 'smtp.auth',
    look: null,
  },
};

export const PLATFORMS = Object.keys(TRAITS);

/** Where what is live can be read back. */
export const READABLE = PLATFORMS.filter((platform) => TRAITS[platform].readable);

/**
 * @param {string} platform
 * @returns {Traits}
 */
export function traitsOf(platform) {
  const traits = TRAITS[platform];
  if (traits === undefined)
    throw new Error(`The storm knows nothing about ${platform}; tell it in scripts/chaos/traits.mjs.`);
  return traits;
}
