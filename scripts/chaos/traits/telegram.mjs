import { tooMany, unavailable, usual } from '../usual-traits.mjs';

const LONGEST_CAPTION = 1024;
const LIMIT = {
  ok: false,
  error_code: 429,
  description: 'Too Many Requests: retry after 20',
  parameters: { retry_after: 20 },
};

/** @type {import('../traits.mjs').Traits} */
export const traits = {
  ...usual,
  make: (n) => ({ title: `Chaos ${n}`, type: n % 3 === 0 ? 'group' : 'channel', newBot: true }),
  readable: false,
  refusals: [{ ...tooMany, body: LIMIT }, unavailable],
  // The text follows the picture as a message of its own.
  overCaption: 260,
  entries: ({ picture }, { parts }) => parts.length + (picture && parts[0].length > LONGEST_CAPTION ? 1 : 0),
  keyOf: ({ media }, { pictured }) => (pictured && media.length === 0 ? 'text' : 'post'),
};
