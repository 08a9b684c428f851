import { connectAccount } from './connect.mjs';
import { HttpApi } from './http.mjs';
import { checkInbox } from './inbox.mjs';
import { arrange, checkMishaps, chooseMishaps } from './mishaps.mjs';
import { FILES, followPost, schedulePost, TEXT, uploadMedia } from './post.mjs';
import { settingsFor } from './settings.mjs';
import { LiveTable } from './table.mjs';

const AHEAD_MS = 5_000;
const KINDS = FILES.map(({ kind }) => kind);

/**
 * What a stranger does with a running Fanfare, over HTTP alone.
 * @param {{ apiUrl: string, sandboxUrl: string, key: string, signal: AbortSignal, say: (line: string) => void }} options
 * @returns {Promise<string[]>} what is not as promised; empty when everything is
 */
export async function tellStory({ apiUrl, sandboxUrl, key, signal, say }) {
  const api = new HttpApi(apiUrl, { key, signal });
  const sandbox = new HttpApi(sandboxUrl, { signal });
  const { items: platforms } = await api.get('/api/v1/platforms');
  const { accounts, people } = await connectAll(api, { platforms, sandbox, say });

  const media = await uploadMedia(api);
  say('Uploaded a picture and a video.');
  const targets = await targetsFor(api, platforms, accounts);
  const mishaps = chooseMishaps(platforms);
  await arrange(sandbox, mishaps, people);
  const nameOfPlatform = (wanted) => platforms.find((platform) => platform.key === wanted).name;
  say(
    `Bad luck is arranged: ${nameOfPlatform(mishaps.losesLogin)} takes its login back, and the answer of ${nameOfPlatform(mishaps.losesAnswer)} will be lost.`,
  );
  const scheduled = await schedulePost(api, { media, targets, inMs: AHEAD_MS });
  say(`Scheduled one post for ${scheduled.dueAt}: "${TEXT}"\n`);

  const table = new LiveTable();
  const post = await followPost(api, scheduled, (read) => table.show(rowsOf(read, accounts)));
  table.finish(rowsOf(post, accounts));
  const { items: timeline } = await api.get(`/api/v1/posts/${post.id}/timeline`);
  tellMishaps(mishaps, { post, timeline, say });
  const { shown, problems } = await checkInbox(sandbox, {
    ...{ text: TEXT, post, people },
    warnings: scheduled.warnings,
  });
  say(`\nPost: ${post.status}, outcome ${post.outcome}; ${counts(post.summary)}`);
  say(`Inbox: ${shown} entries, one for each published target (e-mail: one for each recipient)`);
  return [...problemsOf(post, mishaps), ...checkMishaps(mishaps, post.targets, timeline), ...problems];
}

/** One account on every platform that the API offers. */
async function connectAll(api, { platforms, sandbox, say }) {
  const { accounts: all } = await sandbox.get('/_sandbox/accounts');
  const accounts = [];
  const people = new Map();
  for (const platform of platforms) {
    const person = all.find((candidate) => candidate.platform === platform.key);
    if (person === undefined) throw new Error(`The sandbox has no account on ${platform.name}.`);
    people.set(platform.key, person);
    const account = await connectAccount(api, platform, person);
    accounts.push(account);
    const how = platform.connect.method === 'oauth2' ? 'by OAuth, consent given' : 'by its form';
    say(`Connected ${platform.name}: ${nameOf(account)}, ${how}.`);
  }
  return { accounts, people };
}

async function targetsFor(api, platforms, accounts) {
  const targets = [];
  for (const account of accounts) {
    const platform = platforms.find(({ key }) => key === account.platform);
    targets.push({ accountId: account.id, settings: await settingsFor(api, platform, account, KINDS) });
  }
  return targets;
}

function rowsOf(post, accounts) {
  return post.targets.map(({ accountId, platform, publication }) => ({
    platform,
    account: nameOf(accounts.find(({ id }) => id === accountId)),
    status: publication.waitingFor?.reason === 'outcome_check' ? 'looking' : publication.status,
    late: publication.latenessMs === null ? '' : `${publication.latenessMs} ms`,
    permalink: publication.permalink ?? '',
  }));
}

/** The two whom bad luck has met, step by step. */
function tellMishaps({ losesAnswer, losesLogin }, { post, timeline, say }) {
  say('\nWhat became of the bad luck');
  for (const { platform, at, summary } of timeline.filter(({ platform }) => platform === losesAnswer))
    say(`  ${platform.padEnd(15)}  ${at.slice(11, 23)}  ${summary}`);
  const { publication } = post.targets.find(({ platform }) => platform === losesLogin);
  if (publication.error !== null)
    say(`  ${losesLogin.padEnd(15)}  ${publication.error.message} ${publication.error.remedy}`);
}

const nameOf = ({ handle, displayName }) => handle ?? displayName;

function counts(summary) {
  const parts = Object.entries(summary).filter(([name, count]) => name !== 'total' && count > 0);
  return parts.map(([name, count]) => `${count} of ${summary.total} ${name}`).join(', ');
}

function problemsOf({ status, outcome, targets }, { losesLogin }) {
  const failed = targets.filter(
    ({ platform, publication }) => publication.status !== 'published' && platform !== losesLogin,
  );
  const reasons = failed.map(({ platform, publication }) => {
    const why =
      publication.error === null ? '' : `: ${publication.error.message} ${publication.error.remedy}`;
    return `${platform} ended as ${publication.status}${why}`;
  });
  return status === 'published' && outcome === 'partial'
    ? reasons
    : [`the post ended as ${status}, ${outcome}`, ...reasons];
}
