/**
 * What a person would type into each platform's connect form, taken from an account as the sandbox lists it. OAuth platforms:
 * what is asked for before the authorize URL can be made.
 * @type {Record<string, (given: Record<string, string>, account: { name: string }) => Record<string, string>>}
 */
const typedInto = {
  bluesky: ({ identifier, appPassword }) => ({ handle: identifier, appPassword }),
  mastodon: ({ instance }) => ({ instance }),
  telegram: ({ token, chat }) => ({ botToken: token, chat }),
  email: ({ host, port, tls, user, password, from, recipients }, { name }) => ({
    ...{ host, port, security: tls, user, password, recipients },
    fromAddress: from,
    fromName: name,
  }),
};

/**
 * @param {{ platform: string, name: string, credentials: Record<string, string> }} account
 */
export function valuesFor(account) {
  const type = typedInto[account.platform];
  if (type === undefined)
    throw new Error(`The demo does not know what to type to connect ${account.platform}.`);
  return type(account.credentials, account);
}
