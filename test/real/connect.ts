import type { TestApp } from '../support/app/test-app.js';
import { ApiClient } from '../support/kill/api-client.js';

type Json = Record<string, unknown>;

/** Connects the account that these credentials open; answers its `acc_` id. */
export async function connectWith(app: TestApp, platform: string, credentials: Json): Promise<string> {
  const api = new ApiClient(app.url, app.key);
  const { sessionId } = await api.call('POST', `/accounts/connect/${platform}`, {});
  const route = `/accounts/connect/${String(sessionId)}`;
  const { choices } = (await api.call('POST', `${route}/complete`, { credentials })) as { choices: Json[] };
  const externalIds = choices.map(({ externalId }) => externalId);
  const { accounts } = (await api.call('POST', `${route}/select`, { externalIds })) as { accounts: Json[] };
  return String(accounts[0]?.['id']);
}
