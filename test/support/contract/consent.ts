/** Plays the browser: opens the consent page, says yes as the person, and answers where the browser lands. */
export async function giveConsent(authorizeUrl: string, person: string): Promise<string> {
  const page = await fetch(authorizeUrl);
  const html = await page.text();
  if (!page.ok) throw new Error(`the consent page answers ${page.status}: ${html}`);
  const form = new URLSearchParams({ ...hiddenFields(html), account: person, decision: 'allow' });
  const answer = await fetch(new URL(actionOf(html), authorizeUrl), {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  await answer.body?.cancel();
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`the consent form answers ${answer.status} and sends nowhere`);
  return location;
}

function actionOf(html: string): string {
  const [, action] = /<form[^>]*\baction="([^"]*)"/.exec(html) ?? [];
  if (action === undefined) throw new Error('the consent page has no form');
  return unescape(action);
}

function hiddenFields(html: string): Record<string, string> {
  const tags = html.match(/<input type="hidden"[^>]*>/g) ?? [];
  return Object.fromEntries(tags.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]));
}

function attribute(tag: string, name: string): string {
  return unescape(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
