import type { Violation } from '../../common/errors/index.js';
import { textAt, type AccountRef, type TargetContent } from '../core/index.js';
import { readMastodonSettings } from './mastodon.settings.js';

/** Mastodon has quotes since 4.5; what is older drops the fields without a word. */
const firstVersion: readonly [major: number, minor: number] = [4, 5];

/** The id of the quoted post: as it is, or from an address of the instance. Null where it is neither. */
export function quotedId(quote: string, instanceUrl: string): string | null {
  if (/^\d+$/.test(quote)) return quote;
  if (!URL.canParse(quote) || !URL.canParse(instanceUrl)) return null;
  const { host, pathname } = new URL(quote);
  if (host !== new URL(instanceUrl).host) return null;
  return /^\/(?:@[^/]+|users\/[^/]+\/statuses)\/(\d+)\/?$/.exec(pathname)?.[1] ?? null;
}

/** What the instance does not take of a quote. Pointers are relative to the target. */
export function checkQuote(content: TargetContent, { metadata }: AccountRef): Violation[] {
  const { quote, quotePolicy } = readMastodonSettings(content.settings);
  const given = [...(quote === null ? [] : ['quote']), ...(quotePolicy === null ? [] : ['quotePolicy'])];
  if (!hasQuotes(textAt(metadata, 'software') ?? '', textAt(metadata, 'version') ?? '')) {
    return given.map(unsupported);
  }
  if (quote === null || quotedId(quote, textAt(metadata, 'instanceUrl') ?? '') !== null) return [];
  return [
    {
      pointer: '/settings/quote',
      rule: 'quote_not_on_instance',
      message: 'This is no address of a post on the instance of the account.',
      actual: quote,
      remedy: 'Search for the post at your instance, open it there, and copy the address from the browser.',
    },
  ];
}

function hasQuotes(software: string, version: string): boolean {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  const [first, second] = firstVersion;
  const isNew = Number(major) > first || (Number(major) === first && Number(minor) >= second);
  return software === 'mastodon' && isNew;
}

function unsupported(name: string): Violation {
  return {
    pointer: `/settings/${name}`,
    rule: 'quotes_unsupported',
    message: 'The instance knows no quotes: Mastodon has them since 4.5.',
    limit: firstVersion.join('.'),
    remedy: 'Leave it out, or put the address of the post into the text.',
  };
}
