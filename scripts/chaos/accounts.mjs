import { connectAccount } from '../demo/connect.mjs';
import { settingsFor } from '../demo/settings.mjs';
import { PLATFORMS, traitsOf } from './traits.mjs';

const PUBLICATIONS_PER_ACCOUNT = 25;
const FEWEST = 2;
const MOST_RECIPIENTS = 3;

/**
 * @typedef {object} Account
 * @property {string} platform
 * @property {string} id as the API names it
 * @property {string} person as the sandbox names it
 * @property {string[]} recipients of mail
 * @property {object} settings that its platform requires
 */

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
    const { sandbox: settings } = traitsOf(platform.key);
    if (Object.keys(settings).length > 0)
      await sandbox.post('/_sandbox/settings', { platform: platform.key, ...settings });
    for (let n = 1; n <= each; n += 1) {
      const person = await makePerson(sandbox, { key: platform.key, n, random });
      const account = await connectAccount(api, platform, person);
      const chosen = await settingsFor(api, platform, account, []);
      const recipients = (person.credentials.recipients ?? '').split(', ').filter(Boolean);
      accounts.push({
        platform: platform.key,
        id: account.id,
        person: person.id,
        recipients,
        settings: chosen,
      });
    }
  }
  return accounts;
}

async function makePerson(sandbox, { key, n, random }) {
  const person = await sandbox.post('/_sandbox/accounts', { platform: key, ...traitsOf(key).make(n) });
  if (person.credentials.recipients !== undefined) {
    const readers = Array.from(
      { length: random.between(1, MOST_RECIPIENTS) },
      (_, index) => `reader${n}-${index}`,
    );
    person.credentials.recipients = readers.map((reader) => `${reader}@readers.example`).join(', ');
  }
  return person;
}
