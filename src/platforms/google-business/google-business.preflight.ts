import type { Violation } from '../../common/errors/index.js';
import type { TargetContent } from '../core/index.js';
import { summaryOf } from './google-business.post.js';
import { readGoogleBusinessSettings, type GoogleBusinessSettings } from './google-business.settings.js';

/** Settings of events and offers, and those of offers alone. */
const dated = ['title', 'startsAt', 'endsAt'] as const;
const ofOffers = ['couponCode', 'terms'] as const;
/** In the form that is dialled from abroad: shorter or plainer numbers are often none of a phone. */
const phoneNumber = /\+\d(?:[ ()./-]{0,2}\d){7,14}/;

/** What the limits of the capabilities cannot say. */
export function checkLocalPost(content: TargetContent): Violation[] {
  const settings = readGoogleBusinessSettings(content.settings);
  return [
    ...checkFormat(settings),
    ...checkTimes(settings),
    ...checkRepeat(settings),
    ...checkAction(content, settings),
    ...checkPhoneNumber(content),
  ];
}

function checkFormat(settings: GoogleBusinessSettings): Violation[] {
  const { format } = settings;
  const missing = format === 'update' ? [] : dated.filter((name) => settings[name] === null);
  const needless = [
    ...(format === 'update' ? dated.filter((name) => settings[name] !== null) : []),
    ...(format === 'offer' ? [] : ofOffers.filter((name) => settings[name] !== null)),
    ...(format !== 'event' && settings.repeat !== null ? ['repeat'] : []),
  ];
  return [
    ...missing.map((name) => ({
      pointer: `/settings/${name}`,
      rule: 'setting_required',
      message: `An ${format} needs "${name}".`,
      remedy: `Set it, or publish without "format": "${format}".`,
    })),
    ...needless.map((name) => ({
      pointer: `/settings/${name}`,
      rule: 'setting_of_another_format',
      message: `An ${format} has no "${name}".`,
      remedy: 'Remove it, or set the format that has it.',
    })),
  ];
}

function checkTimes({ startsAt, endsAt }: GoogleBusinessSettings): Violation[] {
  const wrong = Object.entries({ startsAt, endsAt }).filter(
    ([, value]) => value !== null && !isMoment(value),
  );
  if (wrong.length > 0) {
    return wrong.map(([name]) => ({
      pointer: `/settings/${name}`,
      rule: 'no_such_time',
      message: 'There is no such day or time.',
      remedy: 'Write it as 2026-12-01T09:00.',
    }));
  }
  if (startsAt === null || endsAt === null || startsAt < endsAt) return [];
  return [
    {
      pointer: '/settings/endsAt',
      rule: 'ends_before_it_starts',
      message: 'It ends before it begins.',
      remedy: 'Set an end after startsAt.',
    },
  ];
}

function isMoment(local: string): boolean {
  const parsed = new Date(`${local}:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(local);
}

function checkRepeat({ repeat }: GoogleBusinessSettings): Violation[] {
  if (repeat === null) return [];
  const { every, weekdays, dayOfMonth, weekOfMonth } = repeat;
  const days = Number(dayOfMonth !== null) + Number(weekOfMonth !== null);
  const fits = weekdays.length > 0 === (every === 'week') && days === (every === 'month' ? 1 : 0);
  if (fits) return [];
  return [
    {
      pointer: '/settings/repeat',
      rule: 'repeat_does_not_fit',
      message:
        'Every week needs "weekdays", every month either "dayOfMonth" or "weekOfMonth", every day none of them.',
      remedy: 'Set what belongs to "every", and nothing else.',
    },
  ];
}

function checkAction({ link }: TargetContent, { format, callToAction }: GoogleBusinessSettings): Violation[] {
  if (callToAction === null || callToAction === 'none') return [];
  const pointer = '/settings/callToAction';
  if (format === 'offer') {
    return [
      {
        pointer,
        rule: 'setting_of_another_format',
        message: 'An offer has no button: its link is where it is redeemed.',
        remedy: 'Remove the setting.',
      },
    ];
  }
  if (callToAction === 'call') {
    if (link === null) return [];
    return [
      {
        pointer,
        rule: 'call_with_link',
        message: 'A button that dials takes no link.',
        remedy: 'Give this target `"link": ""`, or choose another button.',
      },
    ];
  }
  if (link !== null) return [];
  return [
    {
      pointer,
      rule: 'link_required',
      message: `The button ${callToAction} leads to the link of the post, and there is none.`,
      remedy: 'Add a link, or remove the setting.',
    },
  ];
}

function checkPhoneNumber(content: TargetContent): Violation[] {
  const [found] = phoneNumber.exec(summaryOf(content)) ?? [];
  if (found === undefined) return [];
  return [
    {
      pointer: '/text',
      rule: 'phone_number_in_text',
      message: `Google rejects posts with a phone number in the text (${found.trim()}).`,
      remedy: 'Leave it out and set `"callToAction": "call"`.',
    },
  ];
}
