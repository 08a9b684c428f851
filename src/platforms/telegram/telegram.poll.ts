import type { Violation } from '../../common/errors/index.js';
import { measureText, type AccountRef, type TargetContent } from '../core/index.js';
import { QUESTION_LIMIT, type PollSettings } from './telegram.poll-settings.js';
import { readTelegramSettings } from './telegram.settings.js';
import { planMessages } from './telegram.text.js';

const EXPLANATION_LINES = 3;

/** What Telegram does not take of a poll. Pointers are relative to the target. */
export function checkPoll(content: TargetContent, account: AccountRef): Violation[] {
  const { poll } = readTelegramSettings(content.settings);
  if (poll === null) return [];
  return [
    ...(poll.question === null ? checkTextAsQuestion(content) : []),
    ...checkAnonymity(poll, account),
    ...(poll.isQuiz ? checkQuiz(poll) : checkNoQuiz(poll)),
  ];
}

/** The text can only be the question where nothing else needs it. */
function checkTextAsQuestion(content: TargetContent): Violation[] {
  if (content.media.length > 0 || content.link !== null) {
    return [
      {
        pointer: '/settings/poll/question',
        rule: 'poll_question_required',
        message: 'Beside media or a link, the poll needs a question of its own.',
        remedy: 'Set poll.question: the post goes out first, and the poll after it.',
      },
    ];
  }
  const actual = measureText(planMessages(content).poll?.question ?? '', 'code_points');
  if (actual <= QUESTION_LIMIT) return [];
  return [
    {
      pointer: '/text',
      rule: 'poll_question_too_long',
      message: `The question of a poll may have ${QUESTION_LIMIT} characters; this text has ${actual}.`,
      limit: QUESTION_LIMIT,
      actual,
      remedy: `Shorten it by ${actual - QUESTION_LIMIT}, or set poll.question: the text then goes out before the poll.`,
    },
  ];
}

function checkAnonymity({ anonymous }: PollSettings, { metadata }: AccountRef): Violation[] {
  if (anonymous || metadata['chatType'] !== 'channel') return [];
  return [
    {
      pointer: '/settings/poll/anonymous',
      rule: 'poll_must_be_anonymous',
      message: 'In a channel, Telegram has only polls without names.',
      remedy: 'Leave anonymous out, or publish the poll in a group.',
    },
  ];
}

function checkQuiz({ options, correctOptions, explanation }: PollSettings): Violation[] {
  const pointer = '/settings/poll/correctOptions';
  const violations: Violation[] = [];
  const outside = correctOptions.filter((place) => place >= options.length);
  if (correctOptions.length === 0) {
    violations.push({
      pointer,
      rule: 'correct_options_required',
      message: 'A quiz has to know which options are right.',
      remedy: 'Name their places, from 0: `"correctOptions": [1]` for the second.',
    });
  }
  if (outside.length > 0) {
    violations.push({
      pointer,
      rule: 'correct_options_unknown',
      message: `The poll has no option at ${outside.join(', ')}: places count from 0.`,
      limit: options.length - 1,
      actual: outside.join(', '),
      remedy: `Name places from 0 to ${options.length - 1}.`,
    });
  }
  const lines = (explanation ?? '').split('\n').length;
  if (lines > EXPLANATION_LINES) {
    violations.push({
      pointer: '/settings/poll/explanation',
      rule: 'explanation_too_many_lines',
      message: `The explanation may have ${EXPLANATION_LINES} lines; this one has ${lines}.`,
      limit: EXPLANATION_LINES,
      actual: lines,
      remedy: 'Join some of its lines.',
    });
  }
  return violations;
}

function checkNoQuiz({ correctOptions, explanation }: PollSettings): Violation[] {
  const given = [
    ...(correctOptions.length > 0 ? ['correctOptions'] : []),
    ...(explanation === null ? [] : ['explanation']),
  ];
  return given.map((name) => ({
    pointer: `/settings/poll/${name}`,
    rule: 'needs_quiz',
    message: `Only a quiz has "${name}".`,
    remedy: 'Set `"type": "quiz"`, or leave it out.',
  }));
}
