import { flagAt, listAt, numberAt, recordAt, textAt, textsAt, type JsonObject } from '../core/index.js';

/** Characters (code points) of a poll's question. */
export const QUESTION_LIMIT = 300;

const pollTypes = ['regular', 'quiz'] as const;

export const pollSchema: JsonObject = {
  type: 'object',
  description: 'A poll, as a message of its own: after the text and the media, or alone.',
  properties: {
    question: {
      type: 'string',
      pattern: '\\S',
      maxLength: QUESTION_LIMIT,
      description:
        'The question. Without it, the text of the post is the question, and no message of its own.',
    },
    options: {
      type: 'array',
      minItems: 1,
      maxItems: 12,
      items: { type: 'string', pattern: '\\S', maxLength: 100 },
      description: 'What can be voted for: 1 to 12 options.',
    },
    type: {
      type: 'string',
      enum: [...pollTypes],
      default: 'regular',
      description: 'A quiz tells who has voted for the right options.',
    },
    anonymous: {
      type: 'boolean',
      default: true,
      description: 'Whether nobody sees who has voted for what. Polls of channels are always anonymous.',
    },
    multiple: { type: 'boolean', default: false, description: 'Whether several options can be voted for.' },
    correctOptions: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'integer', minimum: 0, maximum: 11 },
      description: 'The right options of a quiz, by their places from 0.',
    },
    explanation: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      description: 'What a quiz tells those who have voted for a wrong option, in up to 3 lines.',
    },
    durationMinutes: {
      type: 'integer',
      minimum: 1,
      maximum: 43_800,
      description: 'How long it is open, up to 43,800 minutes. Without it, until somebody closes it.',
    },
  },
  required: ['options'],
  additionalProperties: false,
};

export interface PollSettings {
  /** Null: the text of the post. */
  readonly question: string | null;
  readonly options: readonly string[];
  readonly isQuiz: boolean;
  readonly anonymous: boolean;
  readonly multiple: boolean;
  /** Increasing, as Telegram wants them. */
  readonly correctOptions: readonly number[];
  readonly explanation: string | null;
  readonly durationMinutes: number | null;
}

export function readPoll(settings: JsonObject): PollSettings | null {
  const poll = recordAt(settings, 'poll');
  if (poll === null) return null;
  const correct = (listAt(poll, 'correctOptions') ?? []).filter((place) => typeof place === 'number');
  return {
    question: textAt(poll, 'question'),
    options: textsAt(poll, 'options'),
    isQuiz: textAt(poll, 'type') === 'quiz',
    anonymous: flagAt(poll, 'anonymous') ?? true,
    multiple: flagAt(poll, 'multiple') ?? false,
    correctOptions: correct.toSorted((one, other) => one - other),
    explanation: textAt(poll, 'explanation'),
    durationMinutes: numberAt(poll, 'durationMinutes'),
  };
}
