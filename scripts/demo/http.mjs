const LIMIT_MS = 60_000;

/** An answer that is not what was asked for, in the words of the server. */
export class RequestRefused extends Error {
  name = 'RequestRefused';

  /**
   * @param {string} message
   * @param {number} status
   */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** The API of Fanfare, or the control API of the sandbox, as any stranger reaches it. */
export class HttpApi {
  /**
   * @param {string} base
   * @param {{ key?: string, signal: AbortSignal }} options
   */
  constructor(base, { key, signal }) {
    this.base = base;
    this.signal = signal;
    this.headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  }

  /** @param {string} path */
  get(path) {
    return this.#send('GET', path, {});
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {Record<string, string>} [headers]
   */
  post(path, body, headers = {}) {
    const json = { 'content-type': 'application/json', ...headers };
    return this.#send('POST', path, { body: JSON.stringify(body), headers: json });
  }

  /** @param {string} path */
  delete(path) {
    return this.#send('DELETE', path, {});
  }

  /**
   * Sends a form with a file, as multipart/form-data.
   * @param {string} path
   * @param {FormData} form
   */
  upload(path, form) {
    return this.#send('POST', path, { body: form });
  }

  async #send(method, path, { body, headers = {} }) {
    const response = await fetch(new URL(path, this.base), {
      method,
      body,
      headers: { accept: 'application/json', ...this.headers, ...headers },
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new RequestRefused(`${method} ${path}: ${response.status} ${meaningOf(text)}`, response.status);
    }
    return text === '' ? null : JSON.parse(text);
  }
}

/** What a problem document says; anything else as it came. */
function meaningOf(text) {
  try {
    const { title, detail, errors = [] } = JSON.parse(text);
    const pointed = errors.filter(({ pointer }) => pointer !== '');
    const points = pointed.map(({ pointer, message, rule }) => `${pointer}: ${message ?? rule}`);
    return [detail ?? title, ...points].join('; ');
  } catch {
    return text.slice(0, 500);
  }
}
