// Made by scripts/platform-files.mjs.
import { traits as bluesky } from './bluesky.mjs';
import { traits as email } from './email.mjs';
import { traits as facebook } from './facebook.mjs';
import { traits as googleBusiness } from './google-business.mjs';
import { traits as instagram } from './instagram.mjs';
import { traits as linkedin } from './linkedin.mjs';
import { traits as mastodon } from './mastodon.mjs';
import { traits as pinterest } from './pinterest.mjs';
import { traits as telegram } from './telegram.mjs';
import { traits as threads } from './threads.mjs';
import { traits as tiktok } from './tiktok.mjs';
import { traits as tumblr } from './tumblr.mjs';
import { traits as x } from './x.mjs';
import { traits as youtube } from './youtube.mjs';

/** What a storm has to know about each platform. */
export const TRAITS = {
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
