import { giveConsent } from './consent.mjs';

/**
 * Connects one account by the flow that its platform tells of: a form, or a page where a person gives consent.
 * @param {import('./http.mjs').HttpApi} api
 * @param {Platform} platform
 * @param {Person} person
 * @returns {Promise<{ id: string, platform: string, displayName: string, handle: string | null }>}
 *
 * @typedef {{ name: string, label: string, required: boolean, default?: string, options?: string[] }} Field
 * @typedef {{ key: string, name: string, connect: { method: string, fields?: Field[], startFields?: Field[] } }} Platform as the
 * API lists it
 * @typedef {{ platform: string, id: string, name: string, credentials: Record<string, string> }} Person as the sandbox lists it
 */
export async function connectAccount(api, { key, connect }, person) {
  const withConsent = connect.method === 'oauth2';
  const start = withConsent ? { fields: typedInto(connect.startFields, person) } : {};
  const session = await api.post(`/api/v1/accounts/connect/${key}`, start);
  const step = `/api/v1/accounts/connect/${session.sessionId}`;
  const completion = withConsent
    ? {
        callbackUrl: await giveConsent(session.authorizeUrl, {
          account: loginOf(person),
          signal: api.signal,
        }),
      }
    : { credentials: typedInto(connect.fields, person) };
  const { choices } = await api.post(`${step}/complete`, completion);
  const { externalId } = chosenOf(choices, person);
  const { accounts } = await api.post(`${step}/select`, { externalIds: [externalId] });
  return accounts[0];
}

/**
 * What the person types: the sandbox names it as the fields are named. What it does not know and nobody needs stays empty.
 * @param {Field[]} fields
 * @param {Person} person
 */
function typedInto(fields, { platform, credentials }) {
  const typed = fields.map(({ name, label, required, default: usual, options }) => {
    const value = credentials[name] ?? (required ? (usual ?? options?.[0]) : undefined);
    if (required && value === undefined)
      throw new Error(`The sandbox does not say what to type into "${label}" to connect ${platform}.`);
    return [name, value];
  });
  return Object.fromEntries(typed.filter(([, value]) => value !== undefined));
}

/** Who logs in, where a page or an organization is not a person itself. */
const loginOf = ({ id, credentials }) => credentials.login ?? id;

/** A login may open several pages, organizations or channels: the one that the sandbox means, else the first. */
function chosenOf(choices, { id, name }) {
  const fits = [
    ({ externalId }) => externalId === id,
    ({ externalId }) => externalId.endsWith(`:${id}`),
    ({ displayName }) => displayName === name,
  ];
  return fits.map((fit) => choices.find(fit)).find(Boolean) ?? choices[0];
}
