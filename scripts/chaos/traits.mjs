import { TRAITS } from './traits/index.mjs';

/**
 * What a storm has to know about a platform, one file each in `traits`. A platform that is missing there stops the run.
 * @typedef {object} Traits
 * @property {(n: number) => object} make what makes the nth account of it in the sandbox
 * @property {object} sandbox settings of its simulator that let a storm pass
 * @property {boolean} unpaced its limits of so many posts a day would keep the storm's back: they do not hold in it
 * @property {boolean} readable what is live can be read back: there nothing may stay unconfirmed
 * @property {boolean} threads
 * @property {'picture' | 'video' | null} needs what a post cannot do without
 * @property {number | null} overCaption words of a text that is too long to stand below a picture
 * @property {boolean} quick a call that hangs is given up after half a minute; elsewhere too late for a short run
 * @property {object[]} refusals too many requests, and not available, as the platform says it
 * @property {boolean} refusesByStatus an answer with an error status proves that nothing was taken
 * @property {string | null} preparation what is called before the first visible call, with a picture in the post
 * @property {string | null} look what is read only to find out what became of a call
 * @property {(post: import('./posts.mjs').PlannedPost, target: import('./posts.mjs').Target) => number} entries that a
 * publication makes in the inbox when everything of it goes out
 * @property {(entry: object) => string} idOf such an entry, as the publisher names it
 * @property {(entry: object, known: { part: number, pictured: boolean | undefined, account: import('./accounts.mjs').Account |
 * undefined }) => string} keyOf the commit that makes such an entry, as the publisher names it
 * @property {(call: { visible: boolean, operation: string }) => 'first' | 'last' | undefined} step of a visible call
 */

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
    throw new Error(
      `The storm knows nothing about ${platform}; tell it in scripts/chaos/traits/${platform}.mjs.`,
    );
  return traits;
}

/** Environment of the engine. @returns {Record<string, string>} */
export function unpacedEnvironment() {
  const unpaced = PLATFORMS.filter((platform) => traitsOf(platform).unpaced);
  const capitals = (platform) => platform.toUpperCase().replaceAll('-', '_');
  return Object.fromEntries(unpaced.map((platform) => [`PLATFORM_${capitals(platform)}_RATES`, 'none']));
}
