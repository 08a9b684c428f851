const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export interface EncryptionKey {
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

/** The list of keys can't be read, or names no key of that id. Never holds a key. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
}

/** The encryption keys of this installation: one encrypts, all decrypt. */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, EncryptionKey>;
  readonly #active: EncryptionKey;

  private constructor(active: EncryptionKey, keys: ReadonlyMap<string, EncryptionKey>) {
    this.#active = active;
    this.#keys = keys;
  }

  /**
   * Reads "id:base64,id2:base64"; the first is active.
   * @throws KeyRingError that says which entry is wrong, and never its key.
   */
  static parse(text: string): KeyRing {
    const entries = text.split(',').map((entry, index) => parseEntry(entry.trim(), index + 1));
    const keys = new Map<string, EncryptionKey>();
    for (const key of entries) {
      if (keys.has(key.id)) throw new KeyRingError(`key id "${key.id}" is listed twice`);
      keys.set(key.id, key);
    }
    const [active] = entries;
    if (active === undefined) throw new KeyRingError('no key is listed');
    return new KeyRing(active, keys);
  }

  /** The key that encrypts what is new. */
  get active(): EncryptionKey {
    return this.#active;
  }

  get ids(): string[] {
    return [...this.#keys.keys()];
  }

  /** @throws KeyRingError when no key has this id. */
  get(id: string): EncryptionKey {
    const key = this.#keys.get(id);
    if (key === undefined) throw new KeyRingError(`no key "${id}"; known are: ${this.ids.join(', ')}`);
    return key;
  }
}

function parseEntry(entry: string, position: number): EncryptionKey {
  const colon = entry.indexOf(':');
  if (colon < 0) throw new KeyRingError(`key ${position} is not of the form "id:base64"`);
  const id = entry.slice(0, colon);
  const secret = entry.slice(colon + 1);
  if (!KEY_ID.test(id)) {
    throw new KeyRingError(`the id of key ${position} must be 1 to 32 letters, digits, "-" or "_"`);
  }
  if (!BASE64.test(secret)) throw new KeyRingError(`key "${id}" is not base64`);
  const bytes = Buffer.from(secret, 'base64');
  if (bytes.length !== KEY_BYTES) {
    throw new KeyRingError(`key "${id}" has ${bytes.length} bytes; it must have ${KEY_BYTES}`);
  }
  return { id, bytes };
}
