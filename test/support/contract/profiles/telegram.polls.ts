import type { JsonObject } from '../../../../src/platforms/core/index.js';
import type { Draft, Kind, Limit } from '../profile.js';
import { image } from '../samples.js';

const page = 'https://example.org/page';
const options = ['this', 'that'];
const choices = options.map((text) => ({ text }));

function asked(poll: JsonObject, text = 'Which?'): Draft {
  return { text, settings: { poll: { options, ...poll } } };
}

export const telegramPolls: readonly Kind[] = [
  {
    name: 'poll whose question is the text',
    keeps: ['poll.options', 'poll.type=regular'],
    draft: asked({ type: 'regular' }),
    seen: [
      {
        text: 'Which?',
        media: [],
        extra: {
          poll: {
            question: 'Which?',
            options: choices,
            type: 'regular',
            is_anonymous: true,
            allows_multiple_answers: false,
          },
        },
      },
    ],
  },
  {
    name: 'poll after a text with a link',
    keeps: ['poll.question'],
    draft: { ...asked({ question: 'Which, then?' }, 'Read this'), link: page },
    seen: [
      { text: `Read this\n\n${page}`, linkCard: { url: page } },
      {
        text: 'Which, then?',
        linkCard: null,
        extra: { poll: { question: 'Which, then?', options: choices } },
      },
    ],
  },
  {
    name: 'poll after a picture with a caption',
    keeps: [],
    draft: { ...asked({ question: 'Which?' }, 'Two of them'), media: [image()] },
    seen: [
      { text: 'Two of them', media: [{ kind: 'image' }] },
      { text: 'Which?', media: [], extra: { poll: { options: choices } } },
    ],
  },
  {
    name: 'poll with a question of its own, and no text',
    keeps: [],
    draft: { settings: { poll: { question: 'Is 1 < 2?', options }, parseMode: 'HTML' } },
    seen: [{ text: 'Is 1 < 2?', extra: { poll: { question: 'Is 1 < 2?' } } }],
  },
  {
    name: 'poll with several answers, open for an hour, its marked-up text as question',
    keeps: ['poll.multiple', 'poll.durationMinutes', 'poll.anonymous'],
    draft: {
      text: 'Which <b>two</b>?',
      settings: {
        parseMode: 'HTML',
        poll: { options, multiple: true, anonymous: true, durationMinutes: 60 },
      },
    },
    seen: [
      {
        text: 'Which two?',
        extra: { poll: { allows_multiple_answers: true, is_anonymous: true, open_period: 3600 } },
      },
    ],
  },
  {
    name: 'quiz',
    keeps: ['poll.type=quiz', 'poll.correctOptions', 'poll.explanation'],
    draft: asked({
      type: 'quiz',
      options: ['2', '3', '4'],
      correctOptions: [1, 0],
      explanation: 'Four is no prime:\nit is 2 · 2.',
    }),
    seen: [
      {
        text: 'Which?',
        extra: {
          poll: {
            type: 'quiz',
            correct_option_ids: [0, 1],
            explanation: 'Four is no prime:\nit is 2 · 2.',
          },
        },
      },
    ],
  },
];

/** What the schema of the settings refuses does not reach the platform. */
const bySchema = (name: string, rule: string, longest: JsonObject, tooLong: JsonObject): Limit => ({
  name,
  longest: asked(longest),
  tooLong: asked(tooLong),
  rule,
  enforcedByPlatform: false,
});

const byPreflight = (name: string, rule: string, longest: JsonObject, tooLong: JsonObject): Limit => ({
  ...bySchema(name, rule, longest, tooLong),
  enforcedByPlatform: true,
});

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `No. ${index + 1}`);
const quiz = { type: 'quiz', correctOptions: [1] };

export const telegramPollLimits: readonly Limit[] = [
  {
    name: '300 characters of a text that is the question of a poll',
    longest: asked({}, '🎺'.repeat(300)),
    tooLong: asked({}, '🎺'.repeat(301)),
    rule: 'poll_question_too_long',
    enforcedByPlatform: true,
  },
  bySchema(
    '300 characters of a question',
    'maxLength',
    { question: '🎺'.repeat(300) },
    { question: '🎺'.repeat(301) },
  ),
  bySchema('12 options of a poll', 'maxItems', { options: numbered(12) }, { options: numbered(13) }),
  bySchema(
    '100 characters of an option',
    'maxLength',
    { options: ['🎺'.repeat(100)] },
    { options: ['🎺'.repeat(101)] },
  ),
  bySchema(
    '200 characters of an explanation',
    'maxLength',
    { ...quiz, explanation: '🎺'.repeat(200) },
    { ...quiz, explanation: '🎺'.repeat(201) },
  ),
  bySchema('43,800 minutes', 'maximum', { durationMinutes: 43_800 }, { durationMinutes: 43_801 }),
  byPreflight(
    '3 lines of an explanation',
    'explanation_too_many_lines',
    { ...quiz, explanation: '1\n2\n3' },
    { ...quiz, explanation: '1\n2\n3\n4' },
  ),
  byPreflight('a quiz that knows its answer', 'correct_options_required', quiz, { type: 'quiz' }),
  byPreflight('the answer of a quiz, which is one of its options', 'correct_options_unknown', quiz, {
    ...quiz,
    correctOptions: [1, 2],
  }),
  byPreflight(
    'a poll without names, which a channel needs',
    'poll_must_be_anonymous',
    { anonymous: true },
    { anonymous: false },
  ),
  {
    name: 'a poll that has a question beside media',
    longest: { ...asked({ question: 'Which?' }), media: [image()] },
    tooLong: { ...asked({}), media: [image()] },
    rule: 'poll_question_required',
    enforcedByPlatform: false,
  },
];
