import { traitsOf } from './traits.mjs';

const WORDS =
  'rain lamp river paper cloud stone garden winter harbour violin market bridge orchard signal'.split(' ');
const MOST_TARGETS = 4;
const MOST_PARTS = 4;
const THREAD_SHARE = 0.25;
const PICTURE_SHARE = 0.2;

/**
 * @typedef {object} Target
 * @property {import('./accounts.mjs').Account} account
 * @property {string[]} parts texts, each with its own mark
 *
 * @typedef {object} PlannedPost
 * @property {number} no
 * @property {boolean} picture
 * @property {Target[]} targets
 * @property {number} aheadMs how long before its time it is sent; 0: published at once
 */

/** By this the part of a post is known in an inbox. */
export const markOf = (no, part) => `zq${no}p${part}`;
export const MARK = /\bzq(\d+)p(\d+)\b/;

/**
 * So many publications, as posts to one or several accounts. Every account gets its share.
 * @param {import('./accounts.mjs').Account[]} accounts
 * @param {number} publications
 * @param {{ random: import('./random.mjs').Random, from: number }} options from: the number of the first post
 * @returns {PlannedPost[]}
 */
export function planPosts(accounts, publications, { random, from }) {
  const posts = [];
  let deck = [];
  for (let left = publications, no = from; left > 0; no += 1) {
    if (deck.length < MOST_TARGETS) {
      const fresh = accounts.filter((account) => !deck.includes(account));
      deck = [...deck, ...random.some(fresh, fresh.length)];
    }
    const count = Math.min(left, random.between(1, MOST_TARGETS));
    posts.push(planPost(no, deck.splice(0, count), random));
    left -= count;
  }
  return posts;
}

/**
 * A post of one part for each account, published at once.
 * @param {number} no
 * @param {import('./accounts.mjs').Account[]} accounts
 * @param {{ picture: boolean }} options
 * @returns {PlannedPost}
 */
export function plainPost(no, accounts, { picture }) {
  const targets = accounts.map((account) => ({
    account,
    parts: [`Somebody dies over this ${markOf(no, 0)}`],
  }));
  return { no, picture, targets, aheadMs: 0 };
}

function planPost(no, accounts, random) {
  const picture = random.chance(PICTURE_SHARE);
  return {
    no,
    picture,
    targets: accounts.map((account) => ({ account, parts: partsFor(account, { no, picture, random }) })),
    aheadMs: random.chance(0.5) ? 0 : random.between(1_000, 12_000),
  };
}

function partsFor({ platform }, { no, picture, random }) {
  const { threads, overCaption } = traitsOf(platform);
  const parts = threads && random.chance(THREAD_SHARE) ? random.between(2, MOST_PARTS) : 1;
  const long = overCaption !== null && picture && random.chance(0.5);
  const words = () => (long ? overCaption : random.between(4, 20));
  return Array.from({ length: parts }, (_, part) => `${sentence(words(), random)} ${markOf(no, part)}`);
}

const sentence = (words, random) => Array.from({ length: words }, () => random.pick(WORDS)).join(' ');

/**
 * Files that the post cannot be sent without: the picture of everybody, and what a platform takes no post without.
 * @param {PlannedPost} post
 */
export function filesOf({ picture, targets }) {
  const needed = (file) => targets.some(({ account }) => traitsOf(account.platform).needs === file);
  return { picture: picture || needed('picture'), video: needed('video') };
}

/**
 * The body of POST /posts.
 * @param {PlannedPost} post
 * @param {{ picture?: string, video?: string }} files ids of what `filesOf` has named
 */
export function bodyOf({ no, picture, targets, aheadMs }, files) {
  const mediaOf = (file) => ({ media: [{ id: files[file], altText: 'One colour' }] });
  const ownMedia = ({ needs }) => (needs === null || (needs === 'picture' && picture) ? {} : mediaOf(needs));
  return {
    text: `A post without a text of its own ${markOf(no, 0)}`,
    externalId: `chaos-${no}`,
    scheduledFor: aheadMs === 0 ? 'now' : new Date(Date.now() + aheadMs).toISOString(),
    ...(picture ? mediaOf('picture') : {}),
    targets: targets.map(({ account, parts: [text, ...later] }) => ({
      accountId: account.id,
      text,
      settings: account.settings,
      ...ownMedia(traitsOf(account.platform)),
      ...(later.length === 0 ? {} : { thread: later.map((part) => ({ text: part })) }),
    })),
  };
}

/**
 * Entries of the inbox that a publication makes when everything of it goes out.
 * @param {PlannedPost} post
 * @param {Target} target
 */
export const entriesOf = (post, target) => traitsOf(target.account.platform).entries(post, target);
