import { usual } from '../usual-traits.mjs';

/**
 * A mail goes out in several steps: the first of them, MAIL FROM, counts for the send window, and the last, the final dot, has
 * the deadline of the call.
 */
const STEPS = { 'smtp.mail': 'first', 'smtp.data': 'last' };

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ user: `chaos${n}@fanfare.example` }),
  readable: false,
  refusals: [
    { kind: 'status', status: 421 },
    { kind: 'status', status: 451 },
  ],
  // A mail server that says no has not taken the mail (RFC 5321).
  refusesByStatus: true,
  preparation: 'smtp.auth',
  entries: (_post, { account }) => account.recipients.length,
  idOf: ({ postId }) => postId.replace(/^<|>$/g, ''),
  keyOf: ({ extra }, { account }) => `to:${account?.recipients.indexOf(extra.to) ?? -1}`,
  step: ({ operation }) => STEPS[operation],
};
