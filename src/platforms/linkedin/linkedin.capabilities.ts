import type { MediaLimit, MetricName, PlatformCapabilities } from '../core/index.js';
import type { Author } from './linkedin.author.js';

const dayMs = 24 * 60 * 60_000;
const megabyte = 1_000_000;

const picture = { maxBytes: 8 * megabyte, maxPixels: 36_152_320, maxAltText: 4086 };
const image: MediaLimit = {
  ...{ kind: 'image', maxItems: 20, mimeTypes: ['image/jpeg', 'image/png'] },
  ...picture,
};
const gif: MediaLimit = { kind: 'gif', maxItems: 20, mimeTypes: ['image/gif'], ...picture };
const video: MediaLimit = {
  kind: 'video',
  maxItems: 1,
  mimeTypes: ['video/mp4'],
  minBytes: 75_000,
  maxBytes: 500 * megabyte,
  minDurationMs: 3_000,
  maxDurationMs: 30 * 60_000,
  maxAltText: 0,
};
const document: MediaLimit = {
  kind: 'document',
  maxItems: 1,
  mimeTypes: [
    'application/pdf',
    'application/msword',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.ms-powerpoint',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
  maxBytes: 100 * megabyte,
  maxPages: 300,
  maxAltText: 0,
};

/** The figures that each kind of account gives; a member's only with a permission of its own. */
export const organizationMetrics: readonly MetricName[] = [
  'views',
  'reach',
  'clicks',
  'likes',
  'comments',
  'shares',
];
export const memberMetrics: readonly MetricName[] = ['views', 'reach', 'likes', 'comments', 'shares'];

/** Of an organization, and of what both have in common. Figures and their sources: README.md. */
export const linkedinCapabilities: PlatformCapabilities = {
  // The documents do not say of what 3,000; UTF-16 counts the most.
  text: { limits: [{ max: 3000, unit: 'utf16_units' }], optionalWithMedia: true },
  link: 'card',
  media: {
    limits: [image, gif, video, document],
    maxItems: 20,
    mixes: [['image', 'gif'], ['video'], ['document']],
  },
  variants: [
    {
      name: 'link_card',
      when: { settings: { linkThumbnail: true } },
      media: { limits: [{ ...image, maxItems: 1 }], maxItems: 1, minItems: 1, mixes: [['image']] },
    },
  ],
  maxThreadParts: 0,
  pacing: {
    rates: [
      { name: 'posts', per: 'account', max: 150, periodMs: dayMs },
      { name: 'posts_of_the_app', per: 'app', max: 100_000, periodMs: dayMs },
    ],
    pauseMs: 2 * 60_000,
  },
  callDeadlineMs: 60_000,
  reconcile: {
    settleMs: 120_000,
    absentAfterLooks: 2,
    holdsKey: false,
    clockToleranceMs: 60_000,
    findsForgotten: true,
  },
  canDelete: true,
  metrics: organizationMetrics,
};

/** Posts of members cannot be read by apps: what became of a call, only a person can tell. */
const ofMembers: PlatformCapabilities = {
  ...linkedinCapabilities,
  reconcile: { settleMs: 0, absentAfterLooks: 'never', holdsKey: false, clockToleranceMs: 60_000 },
  metrics: [],
};

export function capabilitiesOf(author: Author): PlatformCapabilities {
  if (author.kind === 'organization') return linkedinCapabilities;
  return author.readsFigures ? { ...ofMembers, metrics: memberMetrics } : ofMembers;
}
