/**
 * The position gives the port: SANDBOX_PORT + position, from 1. A platform keeps its place for ever, so new ones go to the end.
 */
export const PLATFORM_ORDER: readonly string[] = [
  'bluesky',
  'mastodon',
  'telegram',
  'email',
  'facebook',
  'instagram',
  'threads',
  'x',
  'linkedin',
  'pinterest',
  'tumblr',
  'google-business',
  'youtube',
  'tiktok',
];
