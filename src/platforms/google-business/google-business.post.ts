import { withMark, type JsonObject, type TargetContent } from '../core/index.js';
import {
  readGoogleBusinessSettings,
  type GoogleBusinessSettings,
  type Repeat,
} from './google-business.settings.js';

const topics = { update: 'STANDARD', event: 'EVENT', offer: 'OFFER' } as const;

/** What a post needs beside its content. */
export interface PostParts {
  /** Where Google fetches the photo; null: there is none. */
  readonly photoUrl: string | null;
  /** Of the commit: what its link is marked with. */
  readonly commitKey: string;
}

/** The link stands in the text only where no field takes it. */
export function summaryOf({ text, link, settings }: TargetContent): string {
  const { format, callToAction } = readGoogleBusinessSettings(settings);
  const hasField = format === 'offer' || callToAction !== 'none';
  if (link === null || hasField || text.includes(link)) return text;
  return text.trim() === '' ? link : `${text}\n\n${link}`;
}

export function topicOf({ settings }: TargetContent): string {
  return topics[readGoogleBusinessSettings(settings).format];
}

/** The link of the button, or of an offer; null where there is neither. */
export function linkOf({ link, settings }: TargetContent, commitKey: string): string | null {
  const { format, callToAction, markLink } = readGoogleBusinessSettings(settings);
  const hasField = format === 'offer' || (callToAction !== 'none' && callToAction !== 'call');
  if (link === null || !hasField) return null;
  return markLink ? withMark(link, commitKey) : link;
}

/** A `LocalPost` as it is created. */
export function localPostOf(content: TargetContent, { photoUrl, commitKey }: PostParts): JsonObject {
  const settings = readGoogleBusinessSettings(content.settings);
  const link = linkOf(content, commitKey);
  const action = settings.format === 'offer' ? null : actionOf(settings, link);
  return {
    ...(settings.language === null ? {} : { languageCode: settings.language }),
    topicType: topicOf(content),
    summary: summaryOf(content),
    ...(action === null ? {} : { callToAction: action }),
    ...(settings.format === 'update' ? {} : { event: eventOf(settings) }),
    ...(settings.format === 'offer' ? { offer: offerOf(settings, link) } : {}),
    ...(photoUrl === null ? {} : { media: [{ mediaFormat: 'PHOTO', sourceUrl: photoUrl }] }),
  };
}

/** The number that is dialled is the location's own; every other button has an address. */
function actionOf({ callToAction }: GoogleBusinessSettings, link: string | null): JsonObject | null {
  if (callToAction === 'call') return { actionType: 'CALL' };
  return link === null ? null : { actionType: (callToAction ?? 'learn_more').toUpperCase(), url: link };
}

function eventOf({ title, startsAt, endsAt, repeat }: GoogleBusinessSettings): JsonObject {
  const start = momentOf(startsAt ?? '');
  const end = momentOf(endsAt ?? '');
  return {
    title: title ?? '',
    schedule: { startDate: start.date, startTime: start.time, endDate: end.date, endTime: end.time },
    ...(repeat === null ? {} : { recurrenceInfo: recurrenceOf(repeat) }),
  };
}

/** By the clock of the location: Google knows no time zone here. */
function momentOf(local: string): { readonly date: JsonObject; readonly time: JsonObject } {
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0] = local.split(/\D/).map(Number);
  return { date: { year, month, day }, time: { hours, minutes } };
}

function recurrenceOf({ every, weekdays, dayOfMonth, weekOfMonth, until }: Repeat): JsonObject {
  const end = until === null ? {} : { seriesEndTime: until };
  switch (every) {
    case 'week':
      return { ...end, weeklyPattern: { daysOfWeek: weekdays.map((day) => day.toUpperCase()) } };
    case 'month':
      return {
        ...end,
        monthlyPattern:
          weekOfMonth === null
            ? { dayOfMonth: dayOfMonth ?? 1 }
            : { dayOfWeekOccurrence: weekOfMonth.toUpperCase() },
      };
    default:
      return { ...end, dailyPattern: {} };
  }
}

function offerOf({ couponCode, terms }: GoogleBusinessSettings, link: string | null): JsonObject {
  return {
    ...(couponCode === null ? {} : { couponCode }),
    ...(link === null ? {} : { redeemOnlineUrl: link }),
    ...(terms === null ? {} : { termsConditions: terms }),
  };
}
