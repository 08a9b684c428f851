/**
 * Compares what the simulated platforms show to people with what the API says was published: one entry for each publication,
 * for e-mail one for each recipient, and nothing else.
 * @param {import('./http.mjs').HttpApi} sandbox
 * @param {{ text: string, targets: Target[], recipients: Record<string, number> }} expected recipients: by platform, when not 1
 * @typedef {{ platform: string, publication: { permalink: string | null } }} Target
 * @returns {Promise<{ shown: number, problems: string[] }>}
 */
export async function checkInbox(sandbox, { text, targets, recipients }) {
  const { entries } = await sandbox.get('/_sandbox/inbox');
  const { unexpected } = await sandbox.get('/_sandbox/unexpected');
  const problems = targets.flatMap(({ platform, publication }) => {
    const own = entries.filter((entry) => entry.platform === platform);
    return problemsOf(platform, { own, publication, wanted: recipients[platform] ?? 1, text });
  });
  for (const { platform } of entries) {
    if (!targets.some((target) => target.platform === platform))
      problems.push(`${platform}: a post that nobody asked for`);
  }
  for (const { platform, what, detail } of unexpected)
    problems.push(`${platform}: unexpected ${what} (${detail})`);
  return { shown: entries.length, problems };
}

function problemsOf(platform, { own, publication, wanted, text }) {
  const found = [];
  if (own.length !== wanted)
    found.push(`${platform}: ${own.length} entries in the inbox instead of ${wanted}`);
  const readers = new Set(own.map((entry) => entry.extra.to ?? ''));
  if (readers.size !== own.length) found.push(`${platform}: somebody got it twice`);
  for (const entry of own) {
    if (!entry.text.includes(text)) found.push(`${platform}: the text is not the one of the post`);
    if (entry.media.length !== 1) found.push(`${platform}: ${entry.media.length} pictures instead of one`);
    const links = [entry.permalink, publication.permalink];
    if (!links.includes(null) && links[0] !== links[1])
      found.push(`${platform}: the permalink leads elsewhere`);
  }
  return found;
}
