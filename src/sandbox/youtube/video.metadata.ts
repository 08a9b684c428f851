import { arrayAt, booleanAt, objectAt, stringAt, type JsonObject } from '../core/json.js';
import { CATEGORIES } from './video.categories.js';
import type { Privacy, VideoMetadata } from './video.js';
import { invalid, refuse } from './youtube.errors.js';

const LONGEST_TITLE = 100;
const LONGEST_DESCRIPTION = 5_000;
const LONGEST_TAGS = 500;
const PRIVACY: readonly Privacy[] = ['public', 'unlisted', 'private'];

export const METADATA_FIELDS = [
  'snippet.title',
  'snippet.description',
  'snippet.tags[]',
  'snippet.categoryId',
  'snippet.defaultLanguage',
  'status.privacyStatus',
  'status.publishAt',
  'status.selfDeclaredMadeForKids',
  'status.containsSyntheticMedia',
  'status.embeddable',
  'status.license',
  'status.publicStatsViewable',
];

export const DEFAULT_STATUS: VideoMetadata['status'] = {
  privacyStatus: 'public',
  publishAt: null,
  selfDeclaredMadeForKids: false,
  containsSyntheticMedia: false,
  embeddable: true,
  license: 'youtube',
  publicStatsViewable: true,
};

const PEOPLE_AND_BLOGS = '22';

/** Everything that is not said is as it is by default, also in an update. */
export function snippetOf(body: JsonObject, categoryNeeded: boolean): VideoMetadata['snippet'] {
  const given = objectAt(body, 'snippet') ?? {};
  const categoryId = stringAt(given, 'categoryId') ?? (categoryNeeded ? '' : PEOPLE_AND_BLOGS);
  if (!CATEGORIES.has(categoryId)) {
    const message = 'The snippet.categoryId property specifies an invalid category ID.';
    throw invalid('invalidCategoryId', message, 'body.snippet.categoryId');
  }
  return {
    title: titleOf(given),
    description: descriptionOf(given),
    tags: tagsOf(given),
    categoryId,
    defaultLanguage: stringAt(given, 'defaultLanguage') ?? null,
  };
}

function titleOf(given: JsonObject): string {
  const title = stringAt(given, 'title') ?? '';
  if (title.trim() !== '' && [...title].length <= LONGEST_TITLE && !/[<>]/.test(title)) return title;
  const message = 'The request metadata specifies an invalid or empty video title.';
  throw invalid('invalidTitle', message, 'body.snippet.title');
}

function descriptionOf(given: JsonObject): string {
  const description = stringAt(given, 'description') ?? '';
  if (Buffer.byteLength(description) <= LONGEST_DESCRIPTION && !/[<>]/.test(description)) return description;
  const message = 'The request metadata specifies an invalid video description.';
  throw invalid('invalidDescription', message, 'body.snippet.description');
}

/** Commas between tags count, and two quotation marks around each that has a space. */
function tagsOf(given: JsonObject): string[] {
  const tags = (arrayAt(given, 'tags') ?? []).map((tag) => (typeof tag === 'string' ? tag : ''));
  const lengths = tags.map((tag) => [...tag].length + (tag.includes(' ') ? 2 : 0));
  const length = lengths.reduce((sum, one) => sum + one, 0) + Math.max(0, tags.length - 1);
  if (length <= LONGEST_TAGS && tags.every((tag) => tag.trim() !== '')) return tags;
  throw invalid('invalidTags', 'The request metadata specifies invalid video keywords.', 'body.snippet.tags');
}

export function statusOf(body: JsonObject): VideoMetadata['status'] {
  const given = objectAt(body, 'status') ?? {};
  const flag = (name: keyof VideoMetadata['status'], otherwise: boolean): boolean =>
    booleanAt(given, name) ?? otherwise;
  const privacyStatus = privacyOf(given);
  return {
    privacyStatus,
    publishAt: publishAtOf(given, privacyStatus),
    selfDeclaredMadeForKids: flag('selfDeclaredMadeForKids', DEFAULT_STATUS.selfDeclaredMadeForKids),
    containsSyntheticMedia: flag('containsSyntheticMedia', DEFAULT_STATUS.containsSyntheticMedia),
    embeddable: flag('embeddable', DEFAULT_STATUS.embeddable),
    license: licenseOf(given),
    publicStatsViewable: flag('publicStatsViewable', DEFAULT_STATUS.publicStatsViewable),
  };
}

function privacyOf(given: JsonObject): Privacy {
  const wanted = stringAt(given, 'privacyStatus') ?? DEFAULT_STATUS.privacyStatus;
  const found = PRIVACY.find((privacy) => privacy === wanted);
  if (found !== undefined) return found;
  const message = 'The request attempts to set an invalid privacy setting for a video.';
  throw refuse({
    code: 403,
    reason: 'forbiddenPrivacySetting',
    message,
    location: 'body.status.privacyStatus',
  });
}

function licenseOf(given: JsonObject): 'youtube' | 'creativeCommon' {
  const wanted = stringAt(given, 'license') ?? DEFAULT_STATUS.license;
  if (wanted === 'youtube' || wanted === 'creativeCommon') return wanted;
  const message = 'The request attempts to set an invalid license for a video.';
  throw refuse({ code: 403, reason: 'forbiddenLicenseSetting', message, location: 'body.status.license' });
}

/** Only of what is private so far. A time that is over is good: the video is out at once. */
function publishAtOf(given: JsonObject, privacy: Privacy): number | null {
  if (given['publishAt'] === undefined) return null;
  const at = Date.parse(stringAt(given, 'publishAt') ?? '');
  if (Number.isFinite(at) && privacy === 'private') return at;
  const message = 'The request metadata specifies an invalid scheduled publishing time.';
  throw invalid('invalidPublishAt', message, 'body.status.publishAt');
}
