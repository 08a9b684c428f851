import { membershipProblem } from './telegram.connector.js';
import type { TelegramChat, TelegramMembership } from './telegram.answers.js';
import { requireToken } from './telegram.token.js';

const channel: TelegramChat = {
  ...{ id: -1001, type: 'channel', title: 'News', username: null, isForum: false, membersMaySend: null },
};
const group: TelegramChat = { ...channel, type: 'supergroup', membersMaySend: true };

const member = (status: string, more: Partial<TelegramMembership> = {}): TelegramMembership => ({
  ...{ status, mayPost: false, maySend: true },
  ...more,
});

describe('membershipProblem', () => {
  it.each([
    ['an administrator of a channel who may post', channel, member('administrator', { mayPost: true })],
    ['the creator of a channel', channel, member('creator')],
    ['a member of a group', group, member('member')],
    ['an administrator of a muted group', { ...group, membersMaySend: false }, member('administrator')],
    ['a restricted member who may send', group, member('restricted')],
  ])('lets %s post', (_, chat, membership) => {
    expect(membershipProblem(chat, membership)).toBeNull();
  });

  it.each([
    ['an administrator without the right', channel, member('administrator'), 'telegram.permission_missing'],
    ['a plain subscriber of a channel', channel, member('member'), 'telegram.permission_missing'],
    [
      'a member of a muted group',
      { ...group, membersMaySend: false },
      member('member'),
      'telegram.permission_missing',
    ],
    ['a muted member', group, member('restricted', { maySend: false }), 'telegram.permission_missing'],
    ['who left', group, member('left'), 'telegram.access_lost'],
    ['who was kicked', channel, member('kicked'), 'telegram.access_lost'],
  ])('refuses %s', (_, chat, membership, code) => {
    expect(membershipProblem(chat, membership)?.code).toBe(code);
  });
});

describe('requireToken', () => {
  it('trims a token', () => {
    expect(requireToken(' 1:abc-D_e ')).toBe('1:abc-D_e');
  });

  it.each([[undefined], [''], ['abc'], ['1:a/../b'], ['1:a b']])('refuses %s', (token) => {
    expect(() => requireToken(token)).toThrow(/no bot token/);
  });
});
