import type { InboxMedia } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';
import { eventOf } from './event.checks.js';
import { badRequest, internal, invalidField } from './google.errors.js';
import type { Draft } from './local.post.js';
import { PostFields } from './post.fields.js';

const LONGEST_SUMMARY = 1500;
const TOPICS = ['STANDARD', 'EVENT', 'OFFER', 'ALERT'];
const ACTIONS = ['BOOK', 'ORDER', 'SHOP', 'LEARN_MORE', 'SIGN_UP', 'GET_OFFER', 'CALL'];
const MOST_PHOTOS = 1;

/** What a post may carry. */
export const POST_FIELDS = [
  ...['languageCode', 'summary', 'topicType', 'alertType', 'scheduledTime'],
  ...['callToAction.actionType', 'callToAction.url'],
  'event.title',
  ...['startDate', 'endDate'].flatMap((date) =>
    ['year', 'month', 'day'].map((part) => `event.schedule.${date}.${part}`),
  ),
  ...['startTime', 'endTime'].flatMap((time) =>
    ['hours', 'minutes', 'seconds', 'nanos'].map((part) => `event.schedule.${time}.${part}`),
  ),
  ...['event.recurrenceInfo.seriesEndTime', 'event.recurrenceInfo.dailyPattern'],
  'event.recurrenceInfo.weeklyPattern.daysOfWeek[]',
  ...['dayOfMonth', 'dayOfWeekOccurrence'].map((name) => `event.recurrenceInfo.monthlyPattern.${name}`),
  ...['offer.couponCode', 'offer.redeemOnlineUrl', 'offer.termsConditions'],
  ...['media[].mediaFormat', 'media[].sourceUrl'],
];

/** Gets a photo from the address that a post names; `field` is for what is wrong with it. */
export type FetchPhoto = (url: string, field: string) => Promise<InboxMedia>;

/** The post that a request asks for; everything but the photos is looked at before one is fetched. */
export async function draftOf(body: JsonObject, now: number, fetchPhoto: FetchPhoto): Promise<Draft> {
  const fields = new PostFields(body);
  const topicType = fields.required('topicType', fields.oneOf('topicType', TOPICS));
  if (topicType === 'ALERT')
    throw invalidField('topicType', 'Posts of this type cannot be created', topicType);
  const draft = {
    languageCode: fields.text('languageCode'),
    topicType,
    summary: summaryOf(fields),
    callToAction: callToActionOf(fields, topicType),
    event: eventIn(fields, topicType),
    offer: offerOf(fields, topicType),
    scheduledFor: scheduledFor(fields, now),
  };
  const media = fields.list('media');
  if (media.some((item) => item.oneOf('mediaFormat', ['PHOTO', 'VIDEO']) === 'VIDEO')) throw internal();
  if (media.length > MOST_PHOTOS) throw invalidField('media', `At most ${MOST_PHOTOS} item is allowed`);
  if (topicType === 'STANDARD' && (draft.summary ?? '') === '' && media.length === 0) {
    throw invalidField('summary', 'Required field is missing');
  }
  const photos: InboxMedia[] = [];
  for (const item of media) {
    item.required('mediaFormat', item.text('mediaFormat'));
    photos.push(await fetchPhoto(item.required('sourceUrl', item.text('sourceUrl')), item.at('sourceUrl')));
  }
  return { ...draft, photos };
}

function summaryOf(fields: PostFields): string | null {
  const summary = fields.text('summary');
  if ([...(summary ?? '')].length > LONGEST_SUMMARY) {
    throw invalidField('summary', `Must be at most ${LONGEST_SUMMARY} characters`, summary);
  }
  return summary;
}

function callToActionOf(fields: PostFields, topicType: string): JsonObject | null {
  const action = fields.nested('callToAction');
  if (action === null) return null;
  if (topicType === 'OFFER') throw invalidField('callToAction', 'Not allowed for offers');
  const type = action.required('actionType', action.oneOf('actionType', ACTIONS));
  if (type === 'GET_OFFER') throw invalidField('callToAction.actionType', 'GET_OFFER is deprecated', type);
  const url = action.webAddress('url');
  if (type === 'CALL' && url !== null)
    throw invalidField('callToAction.url', 'Must not be set for CALL', url);
  if (type !== 'CALL') action.required('url', url);
  return action.object;
}

function eventIn(fields: PostFields, topicType: string): JsonObject | null {
  const event = fields.nested('event');
  if (topicType === 'STANDARD') {
    if (event !== null) throw invalidField('event', 'Not allowed for posts of this type');
    return null;
  }
  return eventOf(fields.required('event', event));
}

function offerOf(fields: PostFields, topicType: string): JsonObject | null {
  const offer = fields.nested('offer');
  if (offer === null) return null;
  if (topicType !== 'OFFER') throw invalidField('offer', 'Only allowed for offers');
  offer.text('couponCode');
  offer.text('termsConditions');
  offer.webAddress('redeemOnlineUrl');
  return offer.object;
}

function scheduledFor(fields: PostFields, now: number): number | null {
  const given = fields.text('scheduledTime');
  if (given === null) return null;
  const at = Date.parse(given);
  const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(given);
  if (!written || Number.isNaN(at)) {
    throw badRequest(
      'scheduled_time',
      `Invalid value at 'local_post.scheduled_time' (Timestamp), "${given}"`,
    );
  }
  if (at <= now) throw invalidField('scheduledTime', 'Must be in the future', given);
  return at;
}
