import type { Refusal } from '../core/response.js';
import { refuse } from './graph.errors.js';

type Known = () => Refusal;

function known(code: number, subcode: number, title: string, status?: number): Known {
  return () => refuse({ code, subcode, message: title, title, ...(status === undefined ? {} : { status }) });
}

/** Refusals of containers and publishes that have a number of their own. */
export const refusals = {
  captionTooLong: known(36_004, 2_207_010, 'The caption is too long or has too many hashtags or mentions'),
  aspectRatio: known(36_003, 2_207_009, 'The aspect ratio is not supported'),
  imageFormat: known(36_001, 2_207_005, 'The image format is not supported'),
  imageTooLarge: known(36_000, 2_207_004, 'The image is too large to download'),
  mediaType: known(100, 2_207_023, 'The media type is unknown'),
  singleVideo: known(100, 2_207_089, 'A single video has to be a reel: use media_type=REELS'),
  carouselCount: known(100, 2_207_028, 'A carousel has 2 to 10 items'),
  tagPlaceOnVideo: known(100, 2_207_035, 'A tag on a video has no place'),
  tagWithoutPlace: known(100, 2_207_036, 'A tag on a picture needs a place'),
  tagWrong: known(100, 2_207_037, 'A tag is not valid'),
  tooManyTags: known(100, 2_207_040, 'There are too many tags'),
  thumbOffset: known(1, 2_207_057, 'The thumbnail offset is not within the video'),
  trialReels: known(10, 2_207_081, 'Trial reels are not available to this account'),
  taggedUnknown: known(110, 2_207_018, 'A tagged user is not accessible'),
  taggedRefuses: known(210, 2_207_066, 'A tagged user cannot be tagged'),
  notFetchable: known(9004, 2_207_052, 'The media could not be fetched from this URI'),
  notReady: known(9007, 2_207_027, 'The media is not ready to be published'),
  containerGone: known(24, 2_207_008, 'The media container is not there or has expired'),
  mediaMissing: known(24, 2_207_006, 'The media could not be found'),
  quotaUsed: known(9, 2_207_042, 'The account has published as many posts as it may in 24 hours'),
  restricted: known(25, 2_207_050, 'The account is restricted or inactive'),
  spam: () =>
    refuse({
      ...{ status: 403, code: 4, subcode: 2_207_051, title: 'The action is blocked' },
      message: 'Application request limit reached',
    }),
  commentRefused: known(20, 1_772_107, 'Your Instagram comment was not added'),
  undeletable: known(-1, 2_207_073, 'Media of this type cannot be deleted'),
};
