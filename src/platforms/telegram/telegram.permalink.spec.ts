import { parseChatRef } from './telegram.chat-ref.js';
import { messagePermalink, type MessagePlace } from './telegram.permalink.js';

const place: MessagePlace = {
  messageId: 42,
  chatId: -1001234567890,
  chatType: 'channel',
  chatUsername: null,
  topicId: null,
};

describe('messagePermalink', () => {
  it('uses the name of a public chat', () => {
    expect(messagePermalink({ ...place, chatUsername: 'fanfare' })).toBe('https://t.me/fanfare/42');
  });

  it('uses the id without -100 for a private channel', () => {
    expect(messagePermalink(place)).toBe('https://t.me/c/1234567890/42');
  });

  it('names the topic of a forum', () => {
    const forum = { ...place, chatType: 'supergroup', topicId: 7 };
    expect(messagePermalink(forum)).toBe('https://t.me/c/1234567890/7/42');
    expect(messagePermalink({ ...forum, chatUsername: 'fanfare' })).toBe('https://t.me/fanfare/7/42');
  });

  it.each([
    ['a basic group', { ...place, chatType: 'group', chatId: -5 }],
    ['a private chat', { ...place, chatType: 'private', chatId: 5, chatUsername: 'anna' }],
    ['a video that is still processed', { ...place, messageId: 0 }],
  ])('has no link for %s', (_, other) => {
    expect(messagePermalink(other)).toBeNull();
  });
});

describe('parseChatRef', () => {
  it.each([
    ['@fanfare_news', '@fanfare_news'],
    ['fanfare_news', '@fanfare_news'],
    [' https://t.me/fanfare_news/12 ', '@fanfare_news'],
    ['t.me/fanfare_news', '@fanfare_news'],
    ['-1001234567890', '-1001234567890'],
    ['12345', '12345'],
    ['https://t.me/c/1234567890/42', '-1001234567890'],
  ])('reads %s', (input, chat) => {
    expect(parseChatRef(input)).toBe(chat);
  });

  it.each([[''], ['@a'], ['https://example.org/x'], ['two words'], ['https://t.me/+abcdef']])(
    'refuses "%s"',
    (input) => {
      expect(parseChatRef(input)).toBeNull();
    },
  );
});
