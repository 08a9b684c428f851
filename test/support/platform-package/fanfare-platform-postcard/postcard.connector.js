const descriptor = {
  method: 'token_form',
  fields: [
    {
      name: 'token',
      label: 'Token',
      type: 'password',
      required: true,
      secret: true,
      help: 'The post office shows it at the counter.',
    },
  ],
};

export function connectorOf({ nest, core }, PostcardClient) {
  class PostcardConnector extends core.BaseConnector {
    descriptor = descriptor;

    constructor(client) {
      super();
      this.client = client;
    }

    async completeForm({ token }) {
      const me = await this.client.me(token);
      const { displayName, handle, avatarUrl, metadata } = checkOf(me);
      const credentials = { token };
      const externalId = core.textAt(me, 'id');
      return [{ externalId, displayName, handle, avatarUrl, metadata, credentials, expiresAt: null }];
    }

    async check(_account, { values }) {
      return checkOf(await this.client.me(values.token));
    }
  }

  const checkOf = (me) => ({
    displayName: core.textAt(me, 'name'),
    handle: null,
    avatarUrl: null,
    metadata: {},
  });

  core.PlatformConnector('postcard')(PostcardConnector);
  nest.Dependencies(PostcardClient)(PostcardConnector);
  return PostcardConnector;
}
