// Made by scripts/platform-files.mjs.
import type { Profile } from '../profile.js';
import { profile as bluesky } from './bluesky.profile.js';
import { profile as email } from './email.profile.js';
import { profile as facebook } from './facebook.profile.js';
import { profile as googleBusiness } from './google-business.profile.js';
import { profile as instagram } from './instagram.profile.js';
import { profile as linkedin } from './linkedin.profile.js';
import { profile as mastodon } from './mastodon.profile.js';
import { profile as pinterest } from './pinterest.profile.js';
import { profile as telegram } from './telegram.profile.js';
import { profile as threads } from './threads.profile.js';
import { profile as tiktok } from './tiktok.profile.js';
import { profile as tumblr } from './tumblr.profile.js';
import { profile as x } from './x.profile.js';
import { profile as youtube } from './youtube.profile.js';

/** What the contract suite knows of each platform. */
export const profiles: Readonly<Record<string, Profile>> = {
  bluesky: bluesky,
  email: email,
  facebook: facebook,
  'google-business': googleBusiness,
  instagram: instagram,
  linkedin: linkedin,
  mastodon: mastodon,
  pinterest: pinterest,
  telegram: telegram,
  threads: threads,
  tiktok: tiktok,
  tumblr: tumblr,
  x: x,
  youtube: youtube,
};
