import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import type { PostInfo } from './share.js';
import { invalid } from './tiktok.errors.js';
import { PRIVACY_LEVELS, type PrivacyLevel } from './tiktok.person.js';

const LONGEST = { caption: 2200, title: 90, description: 4000 };
/** What a draft of pictures may say; the rest is the person's. */
const DRAFT_FIELDS = ['title', 'description'];

export const emptyPost: PostInfo = {
  ...{ title: '', description: '', privacy: null },
  ...{ commentDisabled: false, duetDisabled: false, stitchDisabled: false },
  ...{ brandContent: false, brandOrganic: false, aigc: false, music: false, cover: 0 },
};

/** `post_info` of a video that is posted. */
export function videoPost(fields: JsonObject): PostInfo {
  const info = section(fields, 'post_info');
  return {
    ...emptyPost,
    title: textIn(info, 'title', LONGEST.caption),
    privacy: privacyIn(info),
    commentDisabled: flagIn(info, 'disable_comment'),
    duetDisabled: flagIn(info, 'disable_duet'),
    stitchDisabled: flagIn(info, 'disable_stitch'),
    ...brandsIn(info),
    aigc: flagIn(info, 'is_aigc'),
    cover: wholeIn(info, 'video_cover_timestamp_ms', 0) ?? 0,
  };
}

/** `post_info` of pictures, posted or handed over; that they were made by AI stands beside it. */
export function photoPost(fields: JsonObject, isDraft: boolean, cover: number): PostInfo {
  const info = section(fields, 'post_info');
  const words = {
    title: textIn(info, 'title', LONGEST.title),
    description: textIn(info, 'description', LONGEST.description),
  };
  const aigc = flagIn(fields, 'is_aigc');
  if (isDraft) {
    const strange = Object.keys(info).find((name) => !DRAFT_FIELDS.includes(name));
    if (strange !== undefined) throw invalid(`post_info.${strange} is not for the post_mode MEDIA_UPLOAD`);
    return { ...emptyPost, ...words, aigc, cover };
  }
  return {
    ...emptyPost,
    ...words,
    privacy: privacyIn(info),
    commentDisabled: flagIn(info, 'disable_comment'),
    music: flagIn(info, 'auto_add_music'),
    ...brandsIn(info),
    ...{ aigc, cover },
  };
}

export function section(fields: JsonObject, name: string): JsonObject {
  const value = fields[name];
  if (isJsonObject(value)) return value;
  throw invalid(`${name} is required`);
}

/** A whole number from `least` on; undefined where it was left out. */
export function wholeIn(object: JsonObject, name: string, least: number): number | undefined {
  const value = object[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  throw invalid(`${name} has to be a whole number from ${least} on`);
}

/** Counted as UTF-16, which is how a string counts itself here. */
function textIn(info: JsonObject, name: string, longest: number): string {
  const value: JsonValue = info[name] ?? '';
  if (typeof value !== 'string') throw invalid(`${name} has to be a text`);
  if (value.length > longest) throw invalid(`${name} must be at most ${longest} UTF-16 runes long`);
  return value;
}

function flagIn(object: JsonObject, name: string): boolean {
  const value = object[name] ?? false;
  if (typeof value === 'boolean') return value;
  throw invalid(`${name} has to be true or false`);
}

function privacyIn(info: JsonObject): PrivacyLevel {
  const level = PRIVACY_LEVELS.find((known) => known === info['privacy_level']);
  if (level === undefined) throw invalid(`privacy_level has to be one of ${PRIVACY_LEVELS.join(', ')}`);
  return level;
}

/** What is paid for by a brand is there to be seen. */
function brandsIn(info: JsonObject): Pick<PostInfo, 'brandContent' | 'brandOrganic'> {
  const brandContent = flagIn(info, 'brand_content_toggle');
  if (brandContent && info['privacy_level'] === 'SELF_ONLY') {
    throw invalid('Branded content cannot be posted with the privacy_level SELF_ONLY');
  }
  return { brandContent, brandOrganic: flagIn(info, 'brand_organic_toggle') };
}
