import type { Draft, Limit } from '../profile.js';
import { image, video } from '../samples.js';

/** Counts 23, whatever its length. */
const url = `https://example.org/${'p'.repeat(200)}`;
/** Counts as `@somebody`. */
const mention = '@somebody@a.server.with.a.long.name.example';

const text = (name: string, longest: string): Limit => ({
  name,
  longest: { text: longest },
  tooLong: { text: `${longest}a` },
  rule: 'text_too_long',
  enforcedByPlatform: true,
});

/** A poll of so many options, or of these. */
function poll(options: number | readonly string[], durationMinutes = 60): Draft {
  const written =
    typeof options === 'number' ? Array.from({ length: options }, (_, index) => `No. ${index + 1}`) : options;
  return { text: 'Which?', settings: { poll: { options: [...written], durationMinutes } } };
}

const polls: readonly Limit[] = [
  {
    name: '4 options of a poll',
    longest: poll(4),
    tooLong: poll(5),
    rule: 'too_many_options',
    enforcedByPlatform: true,
  },
  {
    name: 'as many options of a poll as the instance says',
    longest: poll(7),
    tooLong: poll(8),
    rule: 'too_many_options',
    enforcedByPlatform: true,
    prepare: (control) => control.configure('mastodon', { maxPollOptions: 7 }),
  },
  {
    name: '50 graphemes in an option of a poll',
    longest: poll(['👩‍🚀'.repeat(50), 'no']),
    tooLong: poll(['👩‍🚀'.repeat(51), 'no']),
    rule: 'option_too_long',
    enforcedByPlatform: true,
  },
  {
    name: 'options of a poll that differ',
    longest: poll(['yes', 'Yes']),
    tooLong: poll(['yes', ' yes']),
    rule: 'options_repeat',
    enforcedByPlatform: true,
  },
  {
    name: 'a poll of 5 minutes at least',
    longest: poll(2, 5),
    tooLong: poll(2, 4),
    rule: 'poll_duration',
    enforcedByPlatform: true,
  },
  {
    name: 'a poll of a month at most',
    longest: poll(2, 43_829),
    tooLong: poll(2, 43_830),
    rule: 'poll_duration',
    enforcedByPlatform: true,
  },
  {
    name: 'a poll or media',
    longest: poll(2),
    tooLong: { ...poll(2), media: [image()] },
    rule: 'excludes_each_other',
    enforcedByPlatform: true,
  },
];

export const mastodonLimits: readonly Limit[] = [
  text('500 graphemes', '👩‍🚀'.repeat(500)),
  text('500 with a link, which counts 23', `${url} ${'a'.repeat(476)}`),
  text('500 with a remote mention, which counts its name', `${mention} ${'a'.repeat(490)}`),
  {
    ...text('what the instance says', 'a'.repeat(1000)),
    prepare: (control) => control.configure('mastodon', { maxCharacters: 1000 }),
  },
  {
    name: '500 together with the content warning',
    longest: { text: 'a'.repeat(460), settings: { spoilerText: 'w'.repeat(40) } },
    tooLong: { text: 'a'.repeat(460), settings: { spoilerText: 'w'.repeat(41) } },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '500 together with the link that is appended',
    longest: { text: 'a'.repeat(475), link: 'https://example.org/page' },
    tooLong: { text: 'a'.repeat(476), link: 'https://example.org/page' },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '4 pictures',
    longest: { text: 'Four', media: [1, 2, 3, 4].map((seed) => image(seed)) },
    tooLong: { text: 'Five', media: [1, 2, 3, 4, 5].map((seed) => image(seed)) },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: '1,500 characters of alternative text',
    longest: { text: 'Described', media: [image(1, 'a'.repeat(1500))] },
    tooLong: { text: 'Described at length', media: [image(1, 'a'.repeat(1501))] },
    rule: 'alt_text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: 'one focal point for each of the media',
    longest: { text: 'One', media: [image()], settings: { focus: [{ x: 0, y: 1 }] } },
    tooLong: {
      text: 'Two',
      media: [image()],
      settings: {
        focus: [
          { x: 0, y: 1 },
          { x: 1, y: 0 },
        ],
      },
    },
    rule: 'too_many_focal_points',
    enforcedByPlatform: false,
  },
  {
    name: 'one cover for a video',
    longest: { text: 'One', media: [video(), image()], settings: { pictureAsCover: true } },
    tooLong: { text: 'Two', media: [video(), image(1), image(2)], settings: { pictureAsCover: true } },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  ...polls,
];
