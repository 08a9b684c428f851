import type { JsonObject, TargetContent } from '../core/index.js';
import { checkLocalPost } from './google-business.preflight.js';

const link = 'https://a.example/p';
const event = {
  ...{ format: 'event', title: 'Market' },
  ...{ startsAt: '2026-12-01T09:00', endsAt: '2026-12-24T18:30' },
};
const offer = { ...event, format: 'offer' };

function broken(settings: JsonObject, change: Partial<TargetContent> = {}): string[] {
  const content = { text: 'Words', link: null, media: [], thread: [], settings, ...change };
  return checkLocalPost(content).map(({ pointer, rule }) => `${pointer} ${rule}`);
}

describe('the preflight of a local post', () => {
  it.each<[string, JsonObject, Partial<TargetContent>]>([
    ['an update', {}, { link }],
    ['an update with its format', { format: 'update', callToAction: 'book' }, { link }],
    ['an event', event, { link }],
    ['an offer', { ...offer, couponCode: 'C', terms: 'T' }, { link }],
    ['an event of every week', { ...event, repeat: { every: 'week', weekdays: ['friday'] } }, {}],
    ['an event of every month', { ...event, repeat: { every: 'month', weekOfMonth: 'last' } }, {}],
    ['hours, years and long numbers', {}, { text: '1998-2026, 9:00-17:00, ISBN 978-3-16-148410-0, +15 %' }],
  ])('lets %s pass', (_what, settings, change) => {
    expect(broken(settings, change)).toEqual([]);
  });

  it.each<[string, JsonObject, Partial<TargetContent>, string[]]>([
    [
      'an event without anything',
      { format: 'event' },
      {},
      ['title', 'startsAt', 'endsAt'].map((name) => `/settings/${name} setting_required`),
    ],
    ['a title of an update', { title: 'T' }, {}, ['/settings/title setting_of_another_format']],
    [
      'a coupon of an event',
      { ...event, couponCode: 'C' },
      {},
      ['/settings/couponCode setting_of_another_format'],
    ],
    [
      'an offer that repeats',
      { ...offer, repeat: { every: 'day' } },
      {},
      ['/settings/repeat setting_of_another_format'],
    ],
    [
      'a button of an offer',
      { ...offer, callToAction: 'shop' },
      { link },
      ['/settings/callToAction setting_of_another_format'],
    ],
    [
      'a day that is not',
      { ...event, startsAt: '2026-02-30T09:00' },
      {},
      ['/settings/startsAt no_such_time'],
    ],
    ['an hour that is not', { ...event, endsAt: '2026-12-24T24:30' }, {}, ['/settings/endsAt no_such_time']],
    [
      'an end before its start',
      { ...event, endsAt: '2026-12-01T09:00' },
      {},
      ['/settings/endsAt ends_before_it_starts'],
    ],
    [
      'every week without a day',
      { ...event, repeat: { every: 'week' } },
      {},
      ['/settings/repeat repeat_does_not_fit'],
    ],
    [
      'every day with a day',
      { ...event, repeat: { every: 'day', dayOfMonth: 1 } },
      {},
      ['/settings/repeat repeat_does_not_fit'],
    ],
    [
      'every month by two rules',
      { ...event, repeat: { every: 'month', dayOfMonth: 1, weekOfMonth: 'last' } },
      {},
      ['/settings/repeat repeat_does_not_fit'],
    ],
    ['a button without a link', { callToAction: 'book' }, {}, ['/settings/callToAction link_required']],
    ['a call with a link', { callToAction: 'call' }, { link }, ['/settings/callToAction call_with_link']],
    ['a phone number', {}, { text: 'Ring +43 (1) 234 56-78.' }, ['/text phone_number_in_text']],
  ])('refuses %s', (_what, settings, change, rules) => {
    expect(broken(settings, change)).toEqual(rules);
  });
});
