const rows = [
  {
    status: 401,
    code: 'token_unknown',
    kind: 'auth_expired',
    name: 'token_unknown',
    message: 'The post office does not know this token.',
    remedy: 'Connect the account again.',
    evidence: 'documentation of the post office',
  },
  {
    status: 422,
    code: 'stamp_missing',
    kind: 'content_refused',
    name: 'stamp_missing',
    message: 'The post office takes no card without a stamp.',
    remedy: 'Set the setting "stamp".',
    evidence: 'documentation of the post office',
  },
];

export const postcardErrors = { platform: 'postcard', rows };

/** One method, one call. */
export function clientOf({ nest, core, config, http }) {
  class PostcardClient {
    constructor(httpClient, appConfig) {
      this.http = httpClient;
      this.config = appConfig;
    }

    async me(token) {
      return (await this.call(token, { method: 'GET', path: '/me' })).json();
    }

    /** Visible. */
    async send(token, card) {
      const body = { kind: 'json', value: card };
      const answer = (await this.call(token, { method: 'POST', path: '/cards', body })).json();
      const id = core.textAt(answer, 'id');
      return { platformPostId: id, permalink: core.textAt(answer, 'url') };
    }

    async findByKey(token, key) {
      const answer = await this.call(token, { method: 'GET', path: `/cards?key=${encodeURIComponent(key)}` });
      const [card] = core.listAt(answer.json(), 'cards') ?? [];
      return card === undefined
        ? null
        : { platformPostId: core.textAt(card, 'id'), permalink: core.textAt(card, 'url') };
    }

    async call(token, { method, path, body }) {
      const base = this.config.platform('postcard').hosts.API;
      const answer = await this.http.send({
        method,
        url: `${base}${path}`,
        hosts: [base],
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body }),
      });
      if (answer.status < 300) return answer;
      const code = core.textAt(readJson(answer), 'error') ?? undefined;
      const failed = { status: answer.status, code, message: '', recognised: code !== undefined };
      throw core.classifyAnswer(postcardErrors, failed);
    }
  }
  nest.Injectable()(PostcardClient);
  nest.Dependencies(http.HttpClient, config.AppConfig)(PostcardClient);
  return PostcardClient;
}

function readJson(answer) {
  try {
    return answer.json();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
