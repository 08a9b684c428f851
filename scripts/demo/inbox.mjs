import { FILES } from './post.mjs';

/**
 * Compares what the simulated platforms show to people with what the API says was published: one entry for each publication,
 * for e-mail one for each recipient, and nothing else.
 * @param {import('./http.mjs').HttpApi} sandbox
 * @param {{ text: string, post: { targets: Target[] }, warnings: { code: string, message: string, pointer: string | null }[],
 *   people: Map<string, { details?: { recipients?: string[] } }> }} expected people: by platform
 * @typedef {{ platform: string, publication: { status: string, permalink: string | null } }} Target
 * @returns {Promise<{ shown: number, problems: string[] }>}
 */
export async function checkInbox(sandbox, { text, post, warnings, people }) {
  const { entries } = await sandbox.get('/_sandbox/inbox');
  const { unexpected } = await sandbox.get('/_sandbox/unexpected');
  const problems = post.targets.flatMap((target, index) => {
    const own = entries.filter((entry) => entry.platform === target.platform);
    const recipients = people.get(target.platform).details?.recipients?.length ?? 1;
    const wanted = target.publication.status === 'published' ? recipients : 0;
    const media = FILES.filter(({ name }) => !isLeftOut(name, index, warnings)).length;
    return problemsOf(target, { own, wanted, text, media });
  });
  for (const { platform } of entries) {
    if (!post.targets.some((target) => target.platform === platform))
      problems.push(`${platform}: a post that nobody asked for`);
  }
  for (const { platform, what, detail } of unexpected)
    problems.push(`${platform}: unexpected ${what} (${detail})`);
  return { shown: entries.length, problems };
}

/** Whether the target does without this file, as the API has warned. */
function isLeftOut(fileName, index, warnings) {
  return warnings.some(
    ({ code, pointer, message }) =>
      code === 'media_left_out' && pointer.startsWith(`/targets/${index}/`) && message.includes(fileName),
  );
}

function problemsOf({ platform, publication }, { own, wanted, text, media }) {
  const found = [];
  if (own.length !== wanted)
    found.push(`${platform}: ${own.length} entries in the inbox instead of ${wanted}`);
  const readers = new Set(own.map((entry) => entry.extra.to ?? ''));
  if (readers.size !== own.length) found.push(`${platform}: somebody got it twice`);
  for (const entry of own) {
    if (!entry.text.includes(text)) found.push(`${platform}: the text is not the one of the post`);
    if (entry.media.length !== media)
      found.push(`${platform}: ${entry.media.length} files instead of ${media}`);
    const links = [entry.permalink, publication.permalink];
    if (!links.includes(null) && links[0] !== links[1])
      found.push(`${platform}: the permalink leads elsewhere`);
  }
  return found;
}
