import { isJsonObject, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { requireRate, requireWritableChat } from './chat.access.js';
import { POLL_FIELDS } from './method.fields.js';
import type { MethodInput } from './method.input.js';
import type { BotMethod, MethodCall } from './method.operations.js';
import { readSendOptions, sendPost } from './message.sending.js';
import type { Chat } from './telegram.chats.js';
import { badRequest } from './telegram.errors.js';
import type { TelegramState } from './telegram.state.js';

const MAX_QUESTION = 300;
const MAX_OPTIONS = 12;
const MAX_OPTION = 100;
const MAX_EXPLANATION = 200;
const MAX_EXPLANATION_LINES = 3;
const OPEN_SECONDS = { min: 5, max: 2_628_000 };

interface Answers {
  readonly correctOptions: readonly number[];
  readonly explanation: string;
}

export function sendPollMethod(state: TelegramState): BotMethod {
  return {
    name: 'sendPoll',
    visible: true,
    changes: true,
    fields: POLL_FIELDS,
    run: (call) => sendPoll(state, call),
  };
}

function sendPoll(state: TelegramState, call: MethodCall): JsonValue {
  const { input } = call;
  const chat = requireWritableChat(state, call);
  const options = readSendOptions(chat, input);
  const question = readWords('question', input.text('question'), MAX_QUESTION);
  const poll = readPoll(state, chat, input, question);
  requireRate(state, chat, 1);
  const contents = [{ poll: { id: state.nextPollId(), ...poll } }];
  const text = { text: question, entities: [] };
  const extra = { poll };
  const [message] = sendPost(state, { chat, options, text, files: [], linkCard: null, extra, contents });
  return message ?? null;
}

function readPoll(state: TelegramState, chat: Chat, input: MethodInput, question: string): JsonObject {
  const choices = readChoices(input.structure('options'));
  const type = input.text('type') ?? 'regular';
  if (type !== 'regular' && type !== 'quiz') throw badRequest('wrong poll type specified');
  const isAnonymous = input.text('is_anonymous') === undefined || input.flag('is_anonymous');
  if (!isAnonymous && chat.type === 'channel') {
    throw badRequest("non-anonymous polls can't be sent to channel chats");
  }
  const answers = type === 'quiz' ? readAnswers(input, choices.length) : null;
  return {
    question,
    options: choices.map((text) => ({ text, voter_count: 0 })),
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: isAnonymous,
    type,
    allows_multiple_answers: input.flag('allows_multiple_answers'),
    ...(answers === null ? {} : { correct_option_ids: [...answers.correctOptions] }),
    ...(answers === null || answers.explanation === '' ? {} : { explanation: answers.explanation }),
    ...readEnd(input, state.environment.clock.now()),
  };
}

function readChoices(value: JsonValue | undefined): readonly string[] {
  const choices = (Array.isArray(value) ? value : []).map((item) =>
    readWords('options', isJsonObject(item) ? stringAt(item, 'text') : undefined, MAX_OPTION),
  );
  if (choices.length === 0) throw badRequest('poll must have at least 1 option');
  if (choices.length > MAX_OPTIONS) throw badRequest(`poll can't have more than ${MAX_OPTIONS} options`);
  return choices;
}

/** Characters are code points. */
function readWords(name: string, text: string | undefined, max: number): string {
  const words = (text ?? '').trim();
  if (words === '') throw badRequest(`poll ${name} must be non-empty`);
  if ([...words].length > max) throw badRequest(`poll ${name} length must not exceed ${max}`);
  return words;
}

function readAnswers(input: MethodInput, choices: number): Answers {
  const explanation = (input.text('explanation') ?? '').trim();
  if ([...explanation].length > MAX_EXPLANATION || explanation.split('\n').length > MAX_EXPLANATION_LINES) {
    throw badRequest(`poll explanation length must not exceed ${MAX_EXPLANATION}`);
  }
  const given = input.structure('correct_option_ids');
  const correctOptions = (Array.isArray(given) ? given : []).filter((id) => typeof id === 'number');
  const isIncreasing = correctOptions.every((id, index) => id > (correctOptions[index - 1] ?? -1));
  const isKnown = correctOptions.every((id) => Number.isInteger(id) && id < choices);
  if (correctOptions.length === 0 || !isIncreasing || !isKnown) {
    throw badRequest('wrong correct option ID specified');
  }
  return { correctOptions, explanation };
}

/** When it closes by itself: after some seconds, or at a time within the same. */
function readEnd(input: MethodInput, nowMs: number): JsonObject {
  const [period, date] = [input.integer('open_period'), input.integer('close_date')];
  if (period === undefined && date === undefined) return {};
  if (period !== undefined && date !== undefined) {
    throw badRequest("open_period and close_date can't be used together");
  }
  const seconds = period ?? (date ?? 0) - Math.floor(nowMs / 1000);
  if (seconds < OPEN_SECONDS.min || seconds > OPEN_SECONDS.max)
    throw badRequest('wrong poll open period specified');
  return period === undefined ? { close_date: date ?? 0 } : { open_period: period };
}
