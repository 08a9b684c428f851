import { connectAccount } from './connect.mjs';
import { HttpApi } from './http.mjs';
import { checkInbox } from './inbox.mjs';
import { followPost, schedulePost, TEXT, uploadPicture } from './post.mjs';
import { LiveTable } from './table.mjs';

const AHEAD_MS = 5_000;

/**
 * What a stranger does with a running Fanfare, over HTTP alone.
 * @param {{ apiUrl: string, sandboxUrl: string, key: string, signal: AbortSignal, say: (line: string) => void }} options
 * @returns {Promise<string[]>} what is not as promised; empty when everything is
 */
export async function tellStory({ apiUrl, sandboxUrl, key, signal, say }) {
  const api = new HttpApi(apiUrl, { key, signal });
  const sandbox = new HttpApi(sandboxUrl, { signal });
  const { accounts, recipients } = await connectAll(api, sandbox, say);

  const mediaId = await uploadPicture(api);
  say('Uploaded a picture.');
  const accountIds = accounts.map(({ id }) => id);
  const scheduled = await schedulePost(api, { mediaId, accountIds, inMs: AHEAD_MS });
  say(`Scheduled one post for ${scheduled.dueAt}: "${TEXT}"\n`);

  const table = new LiveTable();
  const post = await followPost(api, scheduled, (read) => table.show(rowsOf(read, accounts)));
  table.finish(rowsOf(post, accounts));
  const { shown, problems } = await checkInbox(sandbox, { text: TEXT, targets: post.targets, recipients });
  say(`\nPost: ${post.status}, outcome ${post.outcome}; ${counts(post.summary)}`);
  say(`Inbox: ${shown} entries, one for each publication (e-mail: one for each recipient)`);
  return [...problemsOf(post), ...problems];
}

/** One account on every platform that the API offers. */
async function connectAll(api, sandbox, say) {
  const { items: platforms } = await api.get('/api/v1/platforms');
  const { accounts: people } = await sandbox.get('/_sandbox/accounts');
  const accounts = [];
  const recipients = {};
  for (const platform of platforms) {
    const person = people.find((candidate) => candidate.platform === platform.key);
    if (person === undefined) throw new Error(`The sandbox has no account on ${platform.name}.`);
    const account = await connectAccount(api, platform, person);
    accounts.push(account);
    if (person.details.recipients) recipients[platform.key] = person.details.recipients.length;
    const how = platform.connect.method === 'oauth2' ? 'by OAuth, consent given' : 'by its form';
    say(`Connected ${platform.name}: ${nameOf(account)}, ${how}.`);
  }
  return { accounts, recipients };
}

function rowsOf(post, accounts) {
  return post.targets.map(({ accountId, platform, publication }) => ({
    platform,
    account: nameOf(accounts.find(({ id }) => id === accountId)),
    status: publication.status,
    late: publication.latenessMs === null ? '' : `${publication.latenessMs} ms`,
    permalink: publication.permalink ?? '',
  }));
}

const nameOf = ({ handle, displayName }) => handle ?? displayName;

function counts(summary) {
  const parts = Object.entries(summary).filter(([name, count]) => name !== 'total' && count > 0);
  return parts.map(([name, count]) => `${count} of ${summary.total} ${name}`).join(', ');
}

function problemsOf({ status, targets }) {
  const failed = targets.filter(({ publication }) => publication.status !== 'published');
  const reasons = failed.map(({ platform, publication }) => {
    const why =
      publication.error === null ? '' : `: ${publication.error.message} ${publication.error.remedy}`;
    return `${platform} ended as ${publication.status}${why}`;
  });
  return status === 'published' ? reasons : [`the post ended as ${status}`, ...reasons];
}
