import type { MediaLimit, PlatformCapabilities, PostVariant } from '../core/index.js';

/** Google fetches it; videos are not taken with posts (500 every time). */
const image: MediaLimit = {
  kind: 'image',
  maxItems: 1,
  mimeTypes: ['image/jpeg', 'image/png'],
  minBytes: 10_240,
  maxBytes: 5_000_000,
  delivery: 'pull',
  maxAltText: 0,
  minWidth: 250,
  minHeight: 250,
};

/** The rules are the same; what else they need is in the preflight. */
const variants: readonly PostVariant[] = ['event', 'offer'].map((format) => ({
  name: format,
  when: { settings: { format } },
}));

/** Figures and their sources: README.md. */
export const googleBusinessCapabilities: PlatformCapabilities = {
  text: { limits: [{ max: 1500, unit: 'utf16_units' }], optionalWithMedia: false },
  link: 'field',
  media: { limits: [image], maxItems: 1, mixes: [] },
  variants,
  maxThreadParts: 0,
  callDeadlineMs: 60_000,
  pacing: {
    rates: [
      { name: 'edits', per: 'account', max: 10, periodMs: 60_000 },
      { name: 'calls', per: 'app', max: 300, periodMs: 60_000 },
    ],
    // The quota is the project's.
    pauses: 'app',
    pauseMs: 60_000,
  },
  reconcile: {
    settleMs: 60_000,
    absentAfterLooks: 2,
    holdsKey: false,
    clockToleranceMs: 60_000,
    findsForgotten: true,
  },
  canDelete: true,
};
