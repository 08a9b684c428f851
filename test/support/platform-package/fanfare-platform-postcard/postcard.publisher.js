import { postcardErrors } from './postcard.client.js';

const descriptor = {
  key: 'postcard',
  name: 'Postcard',
  capabilities: {
    text: { limits: [{ max: 120, unit: 'graphemes' }], optionalWithMedia: false },
    link: 'in_text',
    media: { limits: [], maxItems: 0, mixes: [] },
    maxThreadParts: 0,
    callDeadlineMs: 30_000,
    reconcile: { settleMs: 60_000, absentAfterLooks: 2, holdsKey: false, clockToleranceMs: 5_000 },
    canDelete: false,
    deleteAdvice: 'Ask the person for the card.',
  },
  settings: {
    type: 'object',
    additionalProperties: false,
    properties: { stamp: { type: 'string', description: 'What is on the stamp.' } },
  },
  errors: postcardErrors,
};

export function publisherOf({ nest, core }, PostcardClient) {
  class PostcardPublisher extends core.BasePublisher {
    descriptor = descriptor;

    constructor(client) {
      super();
      this.client = client;
    }

    async publish(ctx) {
      const { token } = (await ctx.credentials()).values;
      const card = {
        text: this.composeText(ctx.content, 0),
        stamp: ctx.content.settings.stamp ?? null,
        key: ctx.commitKey('part:0'),
      };
      return ctx.commit('part:0', () => this.client.send(token, card));
    }

    async reconcile(ctx, commit) {
      const { token } = (await ctx.credentials()).values;
      const result = await this.client.findByKey(token, ctx.commitKey(commit.key));
      return result === null
        ? { verdict: 'absent', evidence: { looked: 'by our key' } }
        : { verdict: 'found', result, evidence: { matched: 'our key' } };
    }

    composeText({ text, link }) {
      return link === null ? text : `${text}\n\n${link}`;
    }
  }
  core.PlatformPublisher('postcard')(PostcardPublisher);
  nest.Dependencies(PostcardClient)(PostcardPublisher);
  return PostcardPublisher;
}
