export const tooMany = { kind: 'status', status: 429 };
export const unavailable = { kind: 'status', status: 503 };

/**
 * What is the same for most platforms: what is live can be read back, an answer is HTTP's, and each part is one entry.
 * @type {import('./traits.mjs').Traits}
 */
export const usual = {
  make: (n) => ({ name: `Chaos ${n}` }),
  sandbox: {},
  unpaced: false,
  readable: true,
  threads: false,
  needs: null,
  overCaption: null,
  quick: false,
  refusals: [tooMany, unavailable],
  refusesByStatus: false,
  preparation: null,
  look: null,
  entries: (_post, { parts }) => parts.length,
  idOf: ({ postId }) => postId,
  keyOf: (_entry, { part }) => `part:${part}`,
  step: ({ visible }) => (visible ? 'first' : undefined),
};
