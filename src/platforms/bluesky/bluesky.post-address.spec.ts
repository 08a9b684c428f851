import { checkSettings } from '../core/index.js';
import { readPostAddress } from './bluesky.post-address.js';
import { blueskySettings } from './bluesky.settings.js';

describe('readPostAddress', () => {
  const rkey = '3kabcdefghij2';
  const did = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz';

  it.each([
    [`https://bsky.app/profile/anna.bsky.social/post/${rkey}`, 'anna.bsky.social'],
    [`https://bsky.app/profile/anna.bsky.social/post/${rkey}/`, 'anna.bsky.social'],
    [`https://bsky.app/profile/anna.bsky.social/post/${rkey}?ref_src=embed#top`, 'anna.bsky.social'],
    [`https://bsky.app/profile/${did}/post/${rkey}`, did],
    [`https://bsky.app/profile/did%3Aplc%3Aewvi7nxzyoun6zhxrhs64oiz/post/${rkey}`, did],
    [`https://bsky.app/profile/did:web:example.org/post/${rkey}`, 'did:web:example.org'],
    [`at://${did}/app.bsky.feed.post/${rkey}`, did],
    [`at://anna.bsky.social/app.bsky.feed.post/${rkey}`, 'anna.bsky.social'],
  ])('reads %s', (address, author) => {
    expect(readPostAddress(address)).toEqual({ author, rkey });
    expect(checkSettings(blueskySettings, { quote: address }).ok).toBe(true);
  });

  it.each([
    'https://bsky.app/profile/anna.bsky.social',
    `https://bsky.app/profile/anna.bsky.social/lists/${rkey}`,
    `https://bsky.app.evil.example/profile/anna.bsky.social/post/${rkey}`,
    `http://bsky.app/profile/anna.bsky.social/post/${rkey}`,
    `see https://bsky.app/profile/anna.bsky.social/post/${rkey}`,
    `https://bsky.app/profile/anna.bsky.social/post/${rkey}/quotes`,
    `at://${did}/app.bsky.feed.like/${rkey}`,
    `at://${did}/app.bsky.feed.post/`,
    '',
  ])('takes "%s" for none', (address) => {
    expect(readPostAddress(address)).toBeNull();
    expect(checkSettings(blueskySettings, { quote: address }).ok).toBe(false);
  });
});
