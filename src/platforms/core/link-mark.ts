import { createHash } from 'node:crypto';

/** Name of the parameter, as readers of a site's statistics will meet it. */
const parameter = 'post';

/**
 * The link with a parameter that is this commit's alone. Platforms that give a link back in the list of posts so tell a post of
 * ours from another one with the same words. Everything else of the link stays as it was written.
 * @param commitKey `ctx.commitKey(key)`: the same for every attempt, and for every look.
 */
export function withMark(link: string, commitKey: string): string {
  const [, before = '', hash = ''] = /^([^#]*)(.*)$/s.exec(link) ?? [];
  const separator = !before.includes('?') ? '?' : /[?&]$/.test(before) ? '' : '&';
  return `${before}${separator}${markOf(commitKey)}${hash}`;
}

/** Whether the link that a platform gives back is the one of this commit. */
export function hasMark(link: string | null, commitKey: string): boolean {
  const [, query = ''] = /^[^?#]*\?([^#]*)/.exec(link ?? '') ?? [];
  return query.split('&').includes(markOf(commitKey));
}

/** Of 60 bits: no two posts of a list share it. */
function markOf(commitKey: string): string {
  return `${parameter}=${createHash('sha256').update(commitKey).digest('hex').slice(0, 15)}`;
}
