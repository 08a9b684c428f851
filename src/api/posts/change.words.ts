import type { AuditedChange } from '../../modules/accounts/index.js';

/** What was done, as the beginning of a sentence that goes on with who did it. */
const words: Readonly<Record<string, string>> = {
  'post.created': 'The post was written',
  'post.changed': 'The post was changed',
  'post.publish-requested': 'It was asked for at once',
  'post.canceled': 'The post was canceled',
  'post.deleted': 'The post was deleted',
  'post.held': 'The post was put on hold',
  'post.resumed': 'The post was resumed',
  'account.held': 'The account was put on hold',
  'account.resumed': 'The account was resumed',
  'brand.held': 'The brand was put on hold',
  'brand.resumed': 'The brand was resumed',
  'workspace.held': 'Everything was put on hold',
  'workspace.resumed': 'Everything was resumed',
  'account.connected': 'The account was connected',
  'account.reconnected': 'The account was connected again',
  'account.disconnected': 'The account was disconnected',
  'account.assigned': 'The account was put into another brand, or into none',
  'account.expired': 'The account expired',
  'account.revived': 'The account works again',
  'account.credentials-renewed': 'The credentials of the account were renewed',
  'platform.switched-off': 'The platform was switched off',
  'platform.switched-on': 'The platform was switched on',
  'publication.resolved': 'What had become of it was judged',
  'publication.retried': 'It was taken up again',
  'publication.deleted': 'It was deleted on the platform',
};

/** One line for a person: what was done, and by whose key. */
export function sentenceOf({ action, by, details }: AuditedChange): string {
  const what = words[action] ?? `There was a change (${action})`;
  const verdict = details['verdict'];
  const how = typeof verdict === 'string' ? `${what}: ${verdict}` : what;
  return by === null ? `${how}.` : `${how}, by "${by.name}".`;
}
