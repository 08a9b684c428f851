import type { JsonObject } from '../core/json.js';
import { NEWS, TelegramRig, type Answer } from './telegram.rig.js';

describe('polls at the Telegram simulator', () => {
  const rig = new TelegramRig();
  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterAll(() => rig.stop());

  const two = [{ text: 'this' }, { text: 'that' }];
  const quiz = { type: 'quiz', correct_option_ids: [1] };
  const ask = (fields: JsonObject = {}): Promise<Answer> =>
    rig.call('sendPoll', { chat_id: NEWS, question: 'Which?', options: two, ...fields });
  const times = (count: number, text = 'x'): JsonObject[] => Array.from({ length: count }, () => ({ text }));

  it('are sent as messages of their own', async () => {
    const { status, body } = await ask({
      disable_notification: true,
      close_date: Math.floor(Date.now() / 1000) + 600,
    });
    expect(status).toBe(200);
    expect(body.result).toMatchObject({
      message_id: 1,
      poll: {
        id: expect.stringMatching(/^\d{19}$/),
        question: 'Which?',
        options: [{ text: 'this', voter_count: 0 }, { text: 'that' }],
        total_voter_count: 0,
        is_closed: false,
        is_anonymous: true,
        type: 'regular',
        allows_multiple_answers: false,
        close_date: expect.any(Number),
      },
    });
    expect(rig.inbox()).toMatchObject([
      { postId: '1', text: 'Which?', media: [], extra: { silent: true, poll: { type: 'regular' } } },
    ]);
    expect(rig.unexpected()).toEqual([]);
  });

  it('take forms as well as JSON', async () => {
    const body = new URLSearchParams({
      chat_id: NEWS,
      question: 'Which?',
      options: JSON.stringify(two),
      type: 'quiz',
      correct_option_ids: '[0]',
    });
    expect((await rig.post('sendPoll', { body })).body.result).toMatchObject({
      poll: { type: 'quiz', correct_option_ids: [0] },
    });
  });

  it('tell names in groups only', async () => {
    expect(await ask({ is_anonymous: false })).toMatchObject({ status: 400 });
    expect((await ask({ chat_id: rig.group, is_anonymous: false })).body.result).toMatchObject({
      poll: { is_anonymous: false },
    });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['300 characters of a question', { question: '🎺'.repeat(300) }, { question: '🎺'.repeat(301) }],
    ['a question', { question: '?' }, { question: ' ' }],
    ['12 options', { options: times(12) }, { options: times(13) }],
    ['one option', { options: times(1) }, { options: [] }],
    [
      '100 characters of an option',
      { options: times(2, 'x'.repeat(100)) },
      { options: times(2, 'x'.repeat(101)) },
    ],
    ['options with words', { options: times(2) }, { options: times(2, '') }],
    [
      '200 characters of an explanation',
      { ...quiz, explanation: 'x'.repeat(200) },
      { ...quiz, explanation: 'x'.repeat(201) },
    ],
    [
      '3 lines of an explanation',
      { ...quiz, explanation: '1\n2\n3' },
      { ...quiz, explanation: '1\n2\n3\n4' },
    ],
    ['5 seconds', { open_period: 5 }, { open_period: 4 }],
    ['2,628,000 seconds', { open_period: 2_628_000 }, { open_period: 2_628_001 }],
    ['the types that there are', { type: 'regular' }, { type: 'vote' }],
    ['an answer of a quiz', quiz, { type: 'quiz' }],
    ['answers in order', { ...quiz, correct_option_ids: [0, 1] }, { ...quiz, correct_option_ids: [1, 0] }],
    ['answers that are options', quiz, { ...quiz, correct_option_ids: [2] }],
    ['one end', { open_period: 600 }, { open_period: 600, close_date: Math.floor(Date.now() / 1000) + 600 }],
  ])('have %s, and nothing beyond', async (_name, allowed, refused) => {
    expect(await ask(allowed)).toMatchObject({ status: 200 });
    expect(await ask(refused)).toMatchObject({ status: 400, body: { ok: false, error_code: 400 } });
    expect(rig.inbox()).toHaveLength(1);
  });

  it('are taken back like any message', async () => {
    await ask();
    expect((await rig.call('deleteMessage', { chat_id: NEWS, message_id: 1 })).status).toBe(200);
    expect(rig.inbox()).toEqual([]);
  });
});
