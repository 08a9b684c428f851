import type { JsonObject, TargetContent } from '../core/index.js';
import { checkPoll } from './telegram.poll.js';
import { composeTelegramText, readTelegramText } from './telegram.text.js';

const account = (chatType: string) => ({
  ...{ id: 'a', platform: 'telegram', externalId: '-1001234567890', displayName: 'News', handle: null },
  metadata: { chatType },
});

function content(poll: JsonObject, more: Partial<TargetContent> = {}): TargetContent {
  const settings = { poll: { options: ['a', 'b'], ...poll } };
  return { text: 'Which?', link: null, media: [], thread: [], settings, ...more };
}

function broken(post: TargetContent, chatType = 'channel'): string[] {
  return checkPoll(post, account(chatType)).map(({ pointer, rule }) => `${pointer} ${rule}`);
}

describe('preflight of a poll for Telegram', () => {
  it('takes a plain poll, and a post without one', () => {
    expect(broken(content({}))).toEqual([]);
    expect(broken({ ...content({}), settings: {} })).toEqual([]);
  });

  it('wants a question beside a link', () => {
    const link = 'https://example.org/';
    expect(broken(content({}, { link }))).toEqual(['/settings/poll/question poll_question_required']);
    expect(broken(content({ question: 'Which?' }, { link }))).toEqual([]);
  });

  it('takes polls with names in groups only', () => {
    expect(broken(content({ anonymous: false }), 'supergroup')).toEqual([]);
    expect(broken(content({ anonymous: false }))).toEqual([
      '/settings/poll/anonymous poll_must_be_anonymous',
    ]);
  });

  it('keeps what belongs to a quiz to quizzes', () => {
    expect(broken(content({ correctOptions: [0], explanation: 'So' }))).toEqual([
      '/settings/poll/correctOptions needs_quiz',
      '/settings/poll/explanation needs_quiz',
    ]);
    expect(broken(content({ type: 'quiz', correctOptions: [0], explanation: 'So' }))).toEqual([]);
    expect(broken(content({ type: 'quiz', correctOptions: [0, 2] }))).toEqual([
      '/settings/poll/correctOptions correct_options_unknown',
    ]);
  });
});

describe('the text of a post with a poll', () => {
  it('is the question where there is nothing else, whatever the markup', () => {
    const bare = content({ question: 'Is 1 < 2?' }, { text: ' ' });
    const marked = { ...bare, settings: { ...bare.settings, parseMode: 'HTML' } };
    expect(composeTelegramText(marked)).toBe('Is 1 < 2?');
    expect(readTelegramText(marked)).toEqual({ visible: 'Is 1 < 2?', problem: null });
    expect(composeTelegramText(content({ question: 'Why?' }))).toBe('Which?');
  });
});
