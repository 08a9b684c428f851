const LIMIT_MS = 30_000;

/**
 * Plays the browser: opens the page that asks for consent, submits its form as the given person, and follows the redirect.
 * @param {string} authorizeUrl
 * @param {{ account: string, signal: AbortSignal }} person
 * @returns {Promise<string>} the address that the browser landed on
 */
export async function giveConsent(authorizeUrl, { account, signal }) {
  const limits = () => AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const page = await fetch(authorizeUrl, { headers: { accept: 'text/html' }, signal: limits() });
  const html = await page.text();
  if (!page.ok) throw new Error(`The consent page answers ${page.status}: ${html.slice(0, 200)}`);
  const { action, fields } = readForm(html);
  const answer = await fetch(new URL(action, authorizeUrl), {
    method: 'POST',
    body: new URLSearchParams({ ...fields, account, decision: 'allow' }),
    redirect: 'manual',
    signal: limits(),
  });
  const callbackUrl = answer.headers.get('location');
  if (callbackUrl === null) throw new Error(`The consent form answers ${answer.status} without a redirect.`);
  const landed = await fetch(callbackUrl, { headers: { accept: 'text/html' }, signal: limits() });
  if (!landed.ok) throw new Error(`The page behind the redirect answers ${landed.status}.`);
  return callbackUrl;
}

/** @param {string} html */
function readForm(html) {
  const action = /<form[^>]* action="([^"]*)"/.exec(html)?.[1];
  if (action === undefined) throw new Error('The consent page has no form.');
  const hidden = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  const fields = [...hidden].map(([, name, value]) => [decode(name), decode(value)]);
  return { action: decode(action), fields: Object.fromEntries(fields) };
}

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#x27;': "'", '&amp;': '&' };

/** @param {string} text */
function decode(text) {
  return text.replace(/&(?:lt|gt|quot|#39|#x27|amp);/g, (entity) => ENTITIES[entity]);
}
