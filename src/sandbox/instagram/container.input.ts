import { isJsonObject, numberAt, stringAt, type JsonObject } from '../core/json.js';
import type { GraphCall } from './graph.call.js';
import { invalid } from './graph.errors.js';
import type { ContainerKind, Draft } from './instagram.model.js';
import type { InstagramState } from './instagram.state.js';
import { refusals } from './publish.errors.js';

export const CONTAINER_PARAMS = [
  ...['media_type', 'image_url', 'video_url', 'upload_type', 'is_carousel_item', 'children.*'],
  ...['caption', 'alt_text', 'location_id', 'user_tags.*', 'collaborators.*', 'share_to_feed', 'cover_url'],
  ...['thumb_offset', 'audio_name', 'trial_params.*', 'is_ai_generated'],
];

/** What a container is, and whether its file is a video. */
export interface Wanted {
  readonly kind: ContainerKind;
  readonly video: boolean;
}

const CAPTION = { characters: 2200, hashtags: 30, mentions: 20 };
const ALT = 1000;
const TAGS = 20;
const GRADUATIONS = ['MANUAL', 'SS_PERFORMANCE'];
const PICTURE = ['image_url', 'alt_text'];
const VIDEO = ['video_url', 'upload_type'];
const COMMON = ['media_type', 'is_carousel_item', 'access_token', 'appsecret_proof'];
const POST = ['caption', 'collaborators', 'is_ai_generated'];
const REEL = ['share_to_feed', 'cover_url', 'thumb_offset', 'audio_name', 'trial_params', 'user_tags'];

/** The post that a container asks for, without its media; what is wrong with it is refused here. */
export function draftOf(state: InstagramState, call: GraphCall): Wanted & { readonly draft: Draft } {
  const wanted = wantedOf(call);
  checkParams(call, wanted);
  const draft: Draft = {
    kind: wanted.kind,
    caption: captionOf(call, wanted),
    altText: altOf(call),
    location: call.value('location_id') ?? null,
    userTags: tagsOf(state, call, wanted),
    collaborators: collaboratorsOf(state, call),
    shareToFeed: call.flag('share_to_feed'),
    coverUrl: call.value('cover_url') ?? null,
    thumbOffset: offsetOf(call),
    audioName: call.value('audio_name') ?? null,
    trial: trialOf(state, call),
    aiGenerated: call.flag('is_ai_generated') ?? false,
  };
  return { ...wanted, draft };
}

function wantedOf(call: GraphCall): Wanted {
  const item = call.flag('is_carousel_item') === true;
  switch (call.value('media_type') ?? 'IMAGE') {
    case 'IMAGE':
      return { kind: item ? 'item' : 'image', video: false };
    case 'VIDEO':
      if (!item) throw refusals.singleVideo();
      return { kind: 'item', video: true };
    case 'REELS':
      if (item) throw refusals.mediaType();
      return { kind: 'reel', video: true };
    case 'STORIES':
      if (item) throw refusals.mediaType();
      return { kind: 'story', video: call.value('image_url') === undefined };
    case 'CAROUSEL':
      return { kind: 'carousel', video: false };
    default:
      throw refusals.mediaType();
  }
}

/** Parameters that only other kinds take are refused by name. */
function checkParams(call: GraphCall, { kind, video }: Wanted): void {
  const file = video ? VIDEO : PICTURE;
  const allowed: Readonly<Record<ContainerKind, readonly string[]>> = {
    image: [...file, ...POST, 'location_id', 'user_tags'],
    reel: [...file, ...POST, ...REEL],
    // The caption is taken, and shown nowhere.
    story: [...file.filter((name) => name !== 'alt_text'), 'caption', 'is_ai_generated'],
    item: [...file, 'user_tags'],
    carousel: [...POST, 'children', 'location_id', 'share_to_feed'],
  };
  const names = CONTAINER_PARAMS.map((name) => name.replace(/\.\*$/, ''));
  const stranger = names.find(
    (name) => call.value(name) !== undefined && ![...COMMON, ...allowed[kind]].includes(name),
  );
  if (stranger !== undefined) throw invalid(`Param ${stranger} is not supported for this kind of media`);
}

function captionOf(call: GraphCall, { kind }: Wanted): string {
  const caption = call.value('caption') ?? '';
  const hashtags = caption.match(/#[\p{L}\p{N}_]+/gu) ?? [];
  const mentions = caption.match(/(?<![\p{L}\p{N}_.])@[A-Za-z0-9_.]+/gu) ?? [];
  const tooLong = [...caption].length > CAPTION.characters;
  if (tooLong || hashtags.length > CAPTION.hashtags || mentions.length > CAPTION.mentions) {
    throw refusals.captionTooLong();
  }
  return kind === 'story' ? '' : caption;
}

function altOf(call: GraphCall): string | null {
  const alt = call.value('alt_text') ?? null;
  if (alt !== null && [...alt].length > ALT)
    throw invalid(`Param alt_text must be at most ${ALT} characters`);
  return alt;
}

/** On a picture a tag has its place, from 0 to 1; on a video it has none. */
function tagsOf({ settings }: InstagramState, call: GraphCall, { video }: Wanted): JsonObject[] {
  const tags = call.nested('user_tags') ?? [];
  if (!Array.isArray(tags)) throw refusals.tagWrong();
  if (tags.length > TAGS) throw refusals.tooManyTags();
  return tags.map((tag) => {
    const username = isJsonObject(tag) ? stringAt(tag, 'username') : undefined;
    if (!isJsonObject(tag) || username === undefined || username === '') throw refusals.tagWrong();
    if (username === settings.unknownUsername) throw refusals.taggedUnknown();
    if (username === settings.untaggableUsername) throw refusals.taggedRefuses();
    const place = [numberAt(tag, 'x'), numberAt(tag, 'y')];
    if (video && place.some((value) => value !== undefined)) throw refusals.tagPlaceOnVideo();
    if (!video && place.some((value) => value === undefined)) throw refusals.tagWithoutPlace();
    if (place.some((value) => value !== undefined && !(value >= 0 && value <= 1))) throw refusals.tagWrong();
    return tag;
  });
}

function collaboratorsOf({ settings }: InstagramState, call: GraphCall): string[] {
  const names = call.names('collaborators');
  if (names.length <= settings.collaborators) return names;
  throw invalid(`Param collaborators must have at most ${settings.collaborators} usernames`);
}

function offsetOf(call: GraphCall): number | null {
  const value = call.value('thumb_offset');
  if (value === undefined) return null;
  if (!/^\d+$/.test(value)) throw refusals.thumbOffset();
  return Number(value);
}

function trialOf({ settings }: InstagramState, call: GraphCall): string | null {
  const trial = call.nested('trial_params');
  if (trial === undefined) return null;
  const strategy = isJsonObject(trial) ? stringAt(trial, 'graduation_strategy') : undefined;
  if (strategy === undefined || !GRADUATIONS.includes(strategy)) {
    throw invalid(`Param trial_params must have a graduation_strategy of ${GRADUATIONS.join(' or ')}`);
  }
  if (!settings.trialReels) throw refusals.trialReels();
  return strategy;
}
