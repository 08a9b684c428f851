import { isIP } from 'node:net';
import { stringAt, type JsonObject } from '../core/json.js';
import { wholeIn } from './post.input.js';
import { invalid, refuse } from './tiktok.errors.js';
import type { TiktokState } from './tiktok.state.js';

const MB = 1_048_576;
export const MOST_BYTES = 4096 * MB;
const LEAST_CHUNK = 5_000_000;
const MOST_CHUNK = 64 * MB;
const MOST_CHUNKS = 1000;
/** Stands for the hosts of this machine, which no app could verify and no platform would reach. */
const LOOPBACK = ['127.0.0.1', 'localhost'];

export interface Chunks {
  readonly size: number;
  readonly chunkSize: number;
  readonly chunkCount: number;
}

/** The arithmetic of the chunks: the last one takes what is left over, so there are as many as fit whole. */
export function chunksOf(source: JsonObject): Chunks {
  const size = wholeIn(source, 'video_size', 1);
  const chunkSize = wholeIn(source, 'chunk_size', 1);
  const chunkCount = wholeIn(source, 'total_chunk_count', 1);
  if (source['video_url'] !== undefined) throw invalid('video_url is not for the source FILE_UPLOAD');
  if (size === undefined || chunkSize === undefined || chunkCount === undefined) {
    throw invalid('video_size, chunk_size and total_chunk_count are required');
  }
  if (size > MOST_BYTES) throw invalid('The video size is invalid');
  const isOne = chunkCount === 1;
  const tooSmall = !isOne && chunkSize < LEAST_CHUNK;
  if (chunkSize > MOST_CHUNK || chunkSize > size || tooSmall || (isOne && chunkSize !== size)) {
    throw invalid('The chunk size is invalid');
  }
  if (chunkCount > MOST_CHUNKS || chunkCount !== Math.floor(size / chunkSize)) {
    throw invalid('The total chunk count is invalid');
  }
  return { size, chunkSize, chunkCount };
}

export function videoAddress(state: TiktokState, source: JsonObject): string {
  if (['video_size', 'chunk_size', 'total_chunk_count'].some((name) => source[name] !== undefined)) {
    throw invalid('Sizes are not for the source PULL_FROM_URL');
  }
  return verified(state, stringAt(source, 'video_url') ?? '', 'video_url');
}

/** An address that may be pulled from: https, a name, and one that the app has shown to be its own. */
export function verified({ settings }: TiktokState, address: string, name: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) throw invalid(`${name} has to be an address`);
  const isHere = LOOPBACK.includes(url.hostname);
  if (!isHere && (url.protocol !== 'https:' || isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0)) {
    throw invalid(`${name} has to be an https address with the name of a host`);
  }
  const owned = settings.verifiedUrls.split(',').filter((entry) => entry !== '');
  if (!owned.some((entry) => covers(entry, url))) throw refuse('url_ownership_unverified');
  return url.href;
}

/** A domain covers what is below it; a prefix ends in a slash and has to be met up to it. */
function covers(entry: string, { hostname, href }: URL): boolean {
  if (entry.includes('/')) return entry.endsWith('/') && href.startsWith(entry);
  return hostname === entry || hostname.endsWith(`.${entry}`);
}
