import { normaliseInstance, readInstanceFacts, softwareOf } from './mastodon.instance.js';
import { readInstanceLimits, storedLimits, vanillaLimits } from './mastodon.limits.js';
import { capabilitiesOf } from './mastodon.capabilities.js';

describe('normaliseInstance', () => {
  it.each([
    ['mastodon.social', 'https://mastodon.social'],
    [' Mastodon.Social. ', 'https://mastodon.social'],
    ['https://mastodon.social/@anna', 'https://mastodon.social'],
    ['@anna@mastodon.social', 'https://mastodon.social'],
    ['anna@mastodon.social', 'https://mastodon.social'],
    ['social.example:8443/web?x#y', 'https://social.example:8443'],
    ['https://user:pw@social.example/', 'https://social.example'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
    ['http://127.0.0.1:4102', 'http://127.0.0.1:4102'],
    ['http://localhost:4102/', 'http://localhost:4102'],
  ])('makes %s to %s', (typed, base) => {
    expect(normaliseInstance(typed)).toBe(base);
  });

  it.each(['', ' ', '@', 'anna', 'http://mastodon.social', 'ftp://x.example', 'a b.example', 'javascript:1'])(
    'refuses %j',
    (typed) => {
      expect(normaliseInstance(typed)).toBeNull();
    },
  );
});

describe('softwareOf', () => {
  it.each([
    ['4.5.0', 'mastodon'],
    ['4.4.0-rc.1+glitch', 'mastodon'],
    ['2.7.2 (compatible; Pleroma 2.5.0)', 'pleroma'],
    ['3.5.3 (compatible; Pixelfed 0.12.3)', 'pixelfed'],
    ['2025.4.1', 'unknown'],
    ['0.17.3+git-abc', 'unknown'],
    ['takahe/0.10', 'unknown'],
    ['', 'unknown'],
  ])('of %s is %s', (version, software) => {
    expect(softwareOf(version)).toBe(software);
  });
});

const instance = {
  domain: 'example.social',
  version: '4.5.0',
  api_versions: { mastodon: 7 },
  configuration: {
    statuses: { max_characters: 5000, max_media_attachments: 6, characters_reserved_per_url: 30 },
    media_attachments: {
      supported_mime_types: ['image/png', 'image/gif', 'video/mp4'],
      image_size_limit: 100,
      image_matrix_limit: 200,
      video_size_limit: 300,
      video_matrix_limit: 400,
      description_limit: 10,
    },
    polls: { max_options: 8, max_characters_per_option: 80, min_expiration: 60, max_expiration: 900 },
  },
};

describe('limits of an instance', () => {
  it('are read, kept in the metadata and read back', () => {
    const facts = readInstanceFacts(instance);
    expect(facts).toMatchObject({ software: 'mastodon', domain: 'example.social' });
    expect(storedLimits(facts.metadata)).toEqual(readInstanceLimits(instance));
    expect(readInstanceLimits(instance)).toMatchObject({
      maxCharacters: 5000,
      maxMedia: 6,
      maxAltText: 10,
      pollOptions: 8,
      pollOptionCharacters: 80,
      pollMinSeconds: 60,
      pollMaxSeconds: 900,
    });
  });

  it('are those of Mastodon itself where the instance says nothing', () => {
    expect(readInstanceLimits({})).toEqual(vanillaLimits);
    expect(storedLimits({})).toEqual(vanillaLimits);
    expect(readInstanceLimits({ max_toot_chars: 9000 }).maxCharacters).toBe(9000);
  });

  it('become capabilities by kind; a kind without a type is not taken', () => {
    const { media, text } = capabilitiesOf(readInstanceLimits(instance));
    expect(text.limits).toEqual([{ max: 5000, unit: 'graphemes' }]);
    expect(media.maxItems).toBe(6);
    expect(media.limits.map(({ kind, mimeTypes, maxItems }) => [kind, mimeTypes, maxItems])).toEqual([
      ['image', ['image/png'], 6],
      ['gif', ['image/gif'], 1],
      ['video', ['video/mp4'], 1],
    ]);
  });
});
