import type { Upload, UploadedMedia } from './media.library.js';
import { INVALID_MEDIA_IDS, invalid } from './x.errors.js';
import type { Person } from './x.person.js';
import type { XState } from './x.state.js';

const SHORTEST_MS = 500;
const LONGEST_MS = 140_000;
const LONGEST_PREMIUM_MS = 10 * 60_000;
const GIF = { width: 1280, height: 1080, frames: 350, pixels: 300_000_000 };
const SMALLEST_SIDE = 32;

/** The uploads that a post may show: finished, ready, the author's own, four pictures or one thing that moves. */
export function attachable(state: XState, person: Person, ids: readonly string[]): Upload[] {
  const uploads = ids.map((id) => {
    const upload = state.media.find(id, person.id);
    if (upload === undefined || !usable(state, person, upload)) throw invalid(INVALID_MEDIA_IDS);
    return upload;
  });
  const moves = uploads.some(({ category }) => category !== 'tweet_image');
  if (new Set(ids).size < ids.length || (moves && uploads.length > 1)) throw invalid(INVALID_MEDIA_IDS);
  return uploads;
}

function usable(state: XState, person: Person, { file, category }: Upload): boolean {
  if (file === null) return false;
  const now = state.environment.clock.now();
  const known = now >= Math.max(file.readyAt, file.finalizedAt + state.settings.mediaLagMs);
  if (!known || file.error !== null || now >= file.expiresAt) return false;
  if (category === 'tweet_video') return plays(file, person);
  return category === 'tweet_image' || moves(file);
}

/** Passes the upload and fails here: too long or too short, too flat or too tall. */
function plays({ facts }: UploadedMedia, { subscription }: Person): boolean {
  if (facts === null || facts.durationMs === null) return false;
  const longest = subscription === 'None' || subscription === 'Basic' ? LONGEST_MS : LONGEST_PREMIUM_MS;
  const ratio = facts.width / facts.height;
  const sized = Math.min(facts.width, facts.height) >= SMALLEST_SIDE && ratio >= 1 / 3 && ratio <= 3;
  return sized && facts.durationMs >= SHORTEST_MS && facts.durationMs <= longest;
}

function moves({ facts }: UploadedMedia): boolean {
  if (facts === null) return false;
  const { width, height, frames } = facts;
  return (
    width <= GIF.width &&
    height <= GIF.height &&
    frames <= GIF.frames &&
    width * height * frames <= GIF.pixels
  );
}
