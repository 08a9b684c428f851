import { flagAt, numberAt, textAt, type JsonObject, type SettingsSchema } from '../core/index.js';

export const privacyLevels = [
  'PUBLIC_TO_EVERYONE',
  'MUTUAL_FOLLOW_FRIENDS',
  'FOLLOWER_OF_CREATOR',
  'SELF_ONLY',
] as const;

/** What a target may set. What people may do with a post is switched off unless it is switched on: TikTok's audit asks for that. */
export const tiktokSettings: SettingsSchema = {
  type: 'object',
  properties: {
    format: {
      type: 'string',
      enum: ['post', 'draft'],
      default: 'post',
      description:
        'post: goes out. draft: lies in the inbox of the TikTok app until the person finishes it there; a video is sent without its text.',
    },
    privacyLevel: {
      type: 'string',
      enum: [...privacyLevels],
      'x-live-options': true,
      description:
        'Who sees the post; never chosen for you. What the account may choose is asked for. Of a draft the person chooses again in the app.',
    },
    allowComment: { type: 'boolean', default: false, description: 'Whether people may comment.' },
    allowDuet: { type: 'boolean', default: false, description: 'Of a video: whether people may make duets.' },
    allowStitch: {
      type: 'boolean',
      default: false,
      description: 'Of a video: whether people may stitch it.',
    },
    ownBrand: {
      type: 'boolean',
      default: false,
      description: 'Commercial content that promotes the own business ("Promotional content").',
    },
    brandedContent: {
      type: 'boolean',
      default: false,
      description: 'Commercial content for another brand ("Paid partnership"); not with SELF_ONLY.',
    },
    aiGenerated: { type: 'boolean', default: false, description: 'Labels the post as made by AI.' },
    title: { type: 'string', minLength: 1, maxLength: 90, description: 'Title of photos.' },
    coverTimestampMs: {
      type: 'integer',
      minimum: 0,
      description: 'Of a video: the moment that becomes the cover, in milliseconds.',
    },
    coverIndex: {
      type: 'integer',
      minimum: 0,
      maximum: 34,
      description: 'Of photos: which one is the cover, from 0.',
    },
    autoAddMusic: { type: 'boolean', default: false, description: 'Of photos: whether TikTok adds music.' },
  },
  required: ['privacyLevel'],
  additionalProperties: false,
};

export interface TiktokSettings {
  readonly isDraft: boolean;
  readonly privacyLevel: string | null;
  readonly allowComment: boolean;
  readonly allowDuet: boolean;
  readonly allowStitch: boolean;
  readonly ownBrand: boolean;
  readonly brandedContent: boolean;
  readonly aiGenerated: boolean;
  readonly title: string | null;
  readonly coverTimestampMs: number | null;
  readonly coverIndex: number | null;
  readonly autoAddMusic: boolean;
}

export function readTiktokSettings(settings: JsonObject): TiktokSettings {
  const flag = (name: string): boolean => flagAt(settings, name) ?? false;
  return {
    isDraft: textAt(settings, 'format') === 'draft',
    privacyLevel: textAt(settings, 'privacyLevel'),
    allowComment: flag('allowComment'),
    allowDuet: flag('allowDuet'),
    allowStitch: flag('allowStitch'),
    ownBrand: flag('ownBrand'),
    brandedContent: flag('brandedContent'),
    aiGenerated: flag('aiGenerated'),
    title: textAt(settings, 'title'),
    coverTimestampMs: numberAt(settings, 'coverTimestampMs'),
    coverIndex: numberAt(settings, 'coverIndex'),
    autoAddMusic: flag('autoAddMusic'),
  };
}
