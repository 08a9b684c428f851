import { giveConsent } from './consent.mjs';
import { valuesFor } from './credentials.mjs';

/**
 * Connects one account by the flow that the platform has: a form, or a page where a person gives consent.
 * @param {import('./http.mjs').HttpApi} api
 * @param {{ key: string, connect: { method: string } }} platform as the API lists it
 * @param {{ platform: string, id: string, name: string, credentials: Record<string, string> }} person as the sandbox lists it
 * @returns {Promise<{ id: string, platform: string, displayName: string, handle: string | null }>}
 */
export async function connectAccount(api, { key, connect }, person) {
  const values = valuesFor(person);
  const withConsent = connect.method === 'oauth2';
  const session = await api.post(`/api/v1/accounts/connect/${key}`, withConsent ? { fields: values } : {});
  const step = `/api/v1/accounts/connect/${session.sessionId}`;
  const completion = withConsent
    ? { callbackUrl: await giveConsent(session.authorizeUrl, { account: person.id, signal: api.signal }) }
    : { credentials: values };
  const { choices } = await api.post(`${step}/complete`, completion);
  const { accounts } = await api.post(`${step}/select`, { externalIds: [choices[0].externalId] });
  return accounts[0];
}
