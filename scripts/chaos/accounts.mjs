import { connectAccount } from '../demo/connect.mjs';

const PUBLICATIONS_PER_ACCOUNT = 25;
const FEWEST = 2;
const MOST_RECIPIENTS = 3;

/**
 * @typedef {object} Account
 * @property {string} platform
 * @property {string} id as the API names it
 * @property {string} person as the sandbox names it
 * @property {string[]} recipients of mail
 */

/** What makes the nth account of a platform in the sandbox. */
const MAKE = {
  bluesky: (n) => ({ handle: `chaos${n}.test` }),
  mastodon: (n) => ({ username: `chaos${n}` }),
  telegram: (n) => ({ title: `Chaos ${n}`, type: n % 3 === 0 ? 'group' : 'channel', newBot: true }),
  email: (n) => ({ user: `chaos${n}@fanfare.example` }),
};

export const PLATFORMS = Object.keys(MAKE);

/**
 * Makes accounts on every simulated platform and connects them, each by its platform's own flow.
 * @param {{ api: import('../demo/http.mjs').HttpApi, sandbox: import('../demo/http.mjs').HttpApi,
 *   publications: number, random: import('./random.mjs').Random }} options
 * @returns {Promise<Account[]>}
 */
export async function connectAccounts({ api, sandbox, publications, random }) {
  const each = Math.max(FEWEST, Math.ceil(publications / PLATFORMS.length / PUBLICATIONS_PER_ACCOUNT));
  const { items } = await api.get('/api/v1/platforms');
  const accounts = [];
  for (const platform of items) {
    for (let n = 1; n <= each; n += 1) {
      const person = await makePerson(sandbox, { key: platform.key, n, random });
      const { id } = await connectAccount(api, platform, person);
      const recipients = (person.credentials.recipients ?? '').split(', ').filter(Boolean);
      accounts.push({ platform: platform.key, id, person: person.id, recipients });
    }
  }
  return accounts;
}

async function makePerson(sandbox, { key, n, random }) {
  if (MAKE[key] === undefined) throw new Error(`No account can be made on ${key}.`);
  const person = await sandbox.post('/_sandbox/accounts', { platform: key, ...MAKE[key](n) });
  if (person.credentials.recipients !== undefined) {
    const readers = Array.from(
      { length: random.between(1, MOST_RECIPIENTS) },
      (_, index) => `reader${n}-${index}`,
    );
    person.credentials.recipients = readers.map((reader) => `${reader}@readers.example`).join(', ');
  }
  return person;
}
