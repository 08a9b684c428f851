import type { JsonObject, TargetContent } from '../core/index.js';
import { linkOf, localPostOf, summaryOf } from './google-business.post.js';

function content(settings: JsonObject = {}, change: Partial<TargetContent> = {}): TargetContent {
  return { text: 'Words', link: null, media: [], thread: [], settings, ...change };
}

const link = 'https://a.example/p';
const parts = { photoUrl: null, commitKey: 'key' };
const dates = { title: 'Market', startsAt: '2026-12-01T09:00', endsAt: '2026-12-24T18:30' };

describe('a local post', () => {
  it('has nothing that was not asked for', () => {
    expect(localPostOf(content(), parts)).toEqual({ topicType: 'STANDARD', summary: 'Words' });
  });

  it('has its link behind a button, with the mark of its commit', () => {
    const { callToAction } = localPostOf(content({}, { link }), parts);
    expect(callToAction).toEqual({
      actionType: 'LEARN_MORE',
      url: expect.stringMatching(/^https:\/\/a\.example\/p\?post=/),
    });
    expect(linkOf(content({ markLink: false }, { link }), 'key')).toBe(link);
  });

  it('has its link in the text where no button takes it', () => {
    const plain = content({ callToAction: 'none' }, { link });
    expect(localPostOf(plain, parts)).toEqual({ topicType: 'STANDARD', summary: `Words\n\n${link}` });
    expect(summaryOf({ ...plain, text: ' ' })).toBe(link);
    expect(summaryOf({ ...plain, text: `See ${link}.` })).toBe(`See ${link}.`);
  });

  it('that dials has no address', () => {
    expect(localPostOf(content({ callToAction: 'call' }), parts)['callToAction']).toEqual({
      actionType: 'CALL',
    });
  });

  it('of an event has its days and times apart, by the clock of the place', () => {
    const event = localPostOf(content({ format: 'event', ...dates }), parts);
    expect(event).toMatchObject({
      topicType: 'EVENT',
      event: {
        title: 'Market',
        schedule: {
          startDate: { year: 2026, month: 12, day: 1 },
          startTime: { hours: 9, minutes: 0 },
          endDate: { year: 2026, month: 12, day: 24 },
          endTime: { hours: 18, minutes: 30 },
        },
      },
    });
  });

  it('of an offer has its link where it is redeemed, and no button', () => {
    const settings = { format: 'offer', ...dates, couponCode: 'C', terms: 'T' };
    const offer = localPostOf(content(settings, { link }), { ...parts, photoUrl: 'https://f.example/1' });
    expect(offer).toMatchObject({
      topicType: 'OFFER',
      offer: { couponCode: 'C', termsConditions: 'T', redeemOnlineUrl: expect.stringContaining(link) },
      media: [{ mediaFormat: 'PHOTO', sourceUrl: 'https://f.example/1' }],
    });
    expect(offer).not.toHaveProperty('callToAction');
  });
});
