import { entriesOf, MARK } from './posts.mjs';
import { traitsOf } from './traits.mjs';

/**
 * @typedef {object} Shown one entry of an inbox, and what it is by its mark
 * @property {string} platform
 * @property {string} person
 * @property {string} post_id as the publisher names it
 * @property {number | null} no of the post; null: nobody asked for it
 * @property {string} key of the commit that made it
 * @property {string | null} reply_to
 *
 * @typedef {object} Asked one publication that was asked for
 * @property {number} no
 * @property {string} platform
 * @property {string} person
 * @property {string | null} post_id null: the API has not taken the post
 * @property {string} account_id
 * @property {number} entries that it makes when everything of it goes out
 */

/**
 * @param {object[]} entries as the sandbox shows them
 * @param {{ posts: import('./posts.mjs').PlannedPost[], pictures: Map<string, number> }} known
 * @returns {Shown[]}
 */
export function readInbox(entries, { posts, pictures }) {
  const targets = new Map(
    posts.flatMap((post) =>
      post.targets.map(({ account }) => [`${post.no}/${account.platform}/${account.person}`, account]),
    ),
  );
  return entries.map((entry) => {
    const mark = MARK.exec(entry.text);
    const no = mark === null ? (pictures.get(entry.media[0]?.sha256) ?? null) : Number(mark[1]);
    const account = targets.get(`${no}/${entry.platform}/${entry.account}`);
    return {
      platform: entry.platform,
      person: entry.account,
      post_id: traitsOf(entry.platform).idOf(entry),
      no: account === undefined ? null : no,
      key: traitsOf(entry.platform).keyOf(entry, {
        part: Number(mark?.[2] ?? 0),
        pictured: postOf(posts, no)?.picture,
        account,
      }),
      reply_to: entry.replyTo,
    };
  });
}

const postOf = (posts, no) => (no === null ? undefined : posts[no - 1]);

/**
 * @param {import('./posts.mjs').PlannedPost[]} posts
 * @param {Map<number, { id: string }>} accepted
 * @returns {Asked[]}
 */
export function whatWasAsked(posts, accepted) {
  return posts.flatMap((post) =>
    post.targets.map((target) => ({
      no: post.no,
      platform: target.account.platform,
      person: target.account.person,
      post_id: uuidOf(accepted.get(post.no)?.id),
      account_id: uuidOf(target.account.id),
      entries: entriesOf(post, target),
    })),
  );
}

/** `post_0193c1a0…` as the database writes it. */
export function uuidOf(publicId) {
  const hex = publicId?.split('_')[1];
  return hex === undefined ? null : hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
