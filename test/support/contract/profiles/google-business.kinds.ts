import type { JsonObject } from '../../../../src/platforms/core/index.js';
import type { Kind } from '../profile.js';
import { noise } from './google-business.samples.js';

const link = 'https://example.org/page?a=1#top';
const marked = /^https:\/\/example\.org\/page\?a=1&post=[0-9a-f]{15}#top$/;
const dates = { startsAt: '2026-12-01T09:00', endsAt: '2026-12-24T18:30' };
const schedule = {
  startDate: { year: 2026, month: 12, day: 1 },
  startTime: { hours: 9 },
  endDate: { year: 2026, month: 12, day: 24 },
  endTime: { hours: 18, minutes: 30 },
};
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const buttons = ['learn_more', 'book', 'order', 'shop', 'sign_up'].map((button): Kind => ({
  name: `button ${button}`,
  keeps: ['link', `callToAction=${button}`],
  draft: { text: `Press ${button}`, link, settings: { callToAction: button } },
  seen: [
    {
      text: `Press ${button}`,
      extra: {
        topicType: 'STANDARD',
        callToAction: { actionType: button.toUpperCase(), url: expect.stringMatching(marked) },
      },
    },
  ],
}));

const repeated = (
  name: string,
  keeps: readonly string[],
  repeat: JsonObject,
  recurrenceInfo: JsonObject,
): Kind => ({
  name: `event ${name}`,
  keeps,
  draft: {
    text: `Again ${name}`,
    settings: { format: 'event', title: 'Market', ...dates, repeat },
  },
  seen: [{ text: `Again ${name}`, extra: { event: { title: 'Market', schedule, recurrenceInfo } } }],
});

const monthly = ['first', 'second', 'third', 'fourth', 'last'].map((week) =>
  repeated(
    `in the ${week} week of every month`,
    [`repeat.weekOfMonth=${week}`],
    { every: 'month', weekOfMonth: week },
    { monthlyPattern: { dayOfWeekOccurrence: week.toUpperCase() } },
  ),
);

export const googleBusinessKinds: readonly Kind[] = [
  {
    name: 'text',
    keeps: ['text', 'format=update', 'language'],
    draft: { text: 'Grüße 👋 <b>& co.</b>', settings: { format: 'update', language: 'de-AT' } },
    seen: [
      {
        ...{ text: 'Grüße 👋 <b>& co.</b>', visibility: 'public', media: [] },
        extra: { topicType: 'STANDARD', languageCode: 'de-AT', callToAction: null, event: null },
      },
    ],
  },
  {
    name: 'link with the usual button',
    keeps: ['link'],
    draft: { text: 'Read this', link },
    seen: [{ text: 'Read this', linkCard: { url: expect.stringMatching(marked) } }],
  },
  {
    name: 'link as it was written',
    keeps: ['markLink'],
    draft: { text: 'Read just this', link, settings: { markLink: false } },
    seen: [{ text: 'Read just this', linkCard: { url: link } }],
  },
  {
    name: 'link in the text',
    keeps: ['callToAction=none'],
    draft: { text: 'Read this', link, settings: { callToAction: 'none' } },
    seen: [{ text: `Read this\n\n${link}`, linkCard: null }],
  },
  {
    name: 'button that dials',
    keeps: ['callToAction=call'],
    draft: { text: 'Call us', settings: { callToAction: 'call' } },
    seen: [{ text: 'Call us', extra: { callToAction: { actionType: 'CALL' } } }],
  },
  ...buttons,
  {
    name: 'photo with a link',
    keeps: ['image', 'link and media'],
    draft: { text: 'Fresh bread', link, media: [noise()] },
    seen: [{ text: 'Fresh bread', media: [{ kind: 'image', width: 400, height: 300 }] }],
  },
  {
    name: 'update that Google looks at for long',
    keeps: ['text'],
    draft: { text: 'In review' },
    seen: [{ text: 'In review', visibility: 'public' }],
    prepare: (control) => {
      control.configure('google-business', { reviewMs: 3 * 60 * 60_000 });
    },
  },
  {
    name: 'update that Google does not show',
    keeps: ['text'],
    draft: { text: 'Not to be seen' },
    seen: [],
    refusedWith: 'google-business.rejected',
    prepare: (control) => {
      control.configure('google-business', { rejects: true });
    },
  },
  {
    name: 'event',
    keeps: ['variant event', 'format=event', 'title', 'startsAt', 'endsAt'],
    draft: { text: 'Come by', link, settings: { format: 'event', title: 'Open house', ...dates } },
    seen: [
      {
        text: 'Come by',
        extra: {
          ...{ topicType: 'EVENT', event: { title: 'Open house', schedule } },
          callToAction: { actionType: 'LEARN_MORE' },
        },
      },
    ],
  },
  {
    name: 'offer with its coupon',
    keeps: ['variant offer', 'format=offer', 'couponCode', 'terms'],
    draft: {
      ...{ text: 'Two for one', link, media: [noise()] },
      settings: {
        format: 'offer',
        title: 'Advent',
        ...dates,
        couponCode: 'ADVENT',
        terms: 'While stocks last',
      },
    },
    seen: [
      {
        ...{ text: 'Two for one', media: [{ kind: 'image' }] },
        extra: {
          ...{ topicType: 'OFFER', callToAction: null, event: { title: 'Advent' } },
          offer: {
            ...{ couponCode: 'ADVENT', termsConditions: 'While stocks last' },
            redeemOnlineUrl: expect.stringMatching(marked),
          },
        },
      },
    ],
  },
  repeated(
    'every day',
    ['repeat.every=day', 'repeat.until'],
    { every: 'day', until: '2027-03-01T00:00:00Z' },
    { dailyPattern: {}, seriesEndTime: '2027-03-01T00:00:00Z' },
  ),
  repeated(
    'every week',
    ['repeat.every=week', ...weekdays.map((day) => `repeat.weekdays=${day}`)],
    { every: 'week', weekdays },
    { weeklyPattern: { daysOfWeek: weekdays.map((day) => day.toUpperCase()) } },
  ),
  repeated(
    'on a day of every month',
    ['repeat.every=month', 'repeat.dayOfMonth'],
    { every: 'month', dayOfMonth: 15 },
    { monthlyPattern: { dayOfMonth: 15 } },
  ),
  ...monthly,
];
