import { createHash } from 'node:crypto';
import twitterText from 'twitter-text';
import type { JsonObject } from '../core/json.js';
import { escapeHtml } from '../core/markup.js';

const SHOWN = 280;

export interface Wrapped {
  /** As readers get it: escaped, with t.co in place of every address. */
  readonly text: string;
  readonly urls: JsonObject[];
}

interface Piece {
  readonly shown: string;
  readonly url: JsonObject | null;
}

/** What an address behind the text stands for: the media of the post. */
export interface Trailing {
  readonly expanded: string;
  readonly mediaKey: string;
}

/** The text as the API gives it back. */
export function wrap(text: string, postId: string, trailing: readonly Trailing[]): Wrapped {
  const pieces = [
    ...piecesOf(text, postId),
    ...trailing.slice(0, 1).flatMap((one) => mediaPieces(one, postId)),
  ];
  const urls: JsonObject[] = [];
  let [wrapped, length] = ['', 0];
  for (const { shown, url } of pieces) {
    const start = length;
    wrapped += shown;
    length += [...shown].length;
    if (url !== null) urls.push({ start, end: length, ...url });
  }
  return { text: wrapped, urls };
}

/** Longer than what a timeline shows. */
export function isLong(text: string): boolean {
  return twitterText.parseTweet(text).weightedLength > SHOWN;
}

export function cut(text: string): string {
  return `${[...text].slice(0, SHOWN - 2).join('')}…`;
}

/** Addresses in a text, as people see them: the first one gets a card. */
export function addressesIn(text: string): string[] {
  return twitterText.extractUrls(text);
}

export function withScheme(address: string): string {
  return /^https?:\/\//i.test(address) ? address : `http://${address}`;
}

function piecesOf(text: string, postId: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { url, indices } of twitterText.extractUrlsWithIndices(text)) {
    pieces.push({ shown: escaped(text.slice(at, indices[0])), url: null });
    const expanded = withScheme(url);
    const short = shortened(expanded, postId);
    const display_url = expanded.replace(/^https?:\/\/(www\.)?/, '').slice(0, 27);
    const entity = { url: short, expanded_url: expanded, display_url, unwound_url: expanded };
    pieces.push({ shown: short, url: entity });
    at = indices[1];
  }
  return [...pieces, { shown: escaped(text.slice(at)), url: null }];
}

function mediaPieces({ expanded, mediaKey }: Trailing, postId: string): Piece[] {
  const short = shortened(expanded, postId);
  const entity = {
    url: short,
    expanded_url: expanded,
    display_url: `pic.x.com/${postId}`,
    media_key: mediaKey,
  };
  return [
    { shown: ' ', url: null },
    { shown: short, url: entity },
  ];
}

function shortened(address: string, postId: string): string {
  const code = createHash('sha256').update(`${postId} ${address}`).digest('base64').replace(/\W/g, '');
  return `https://t.co/${code.slice(0, 10)}`;
}

/** The API escapes three characters and leaves quotes alone. */
function escaped(text: string): string {
  return escapeHtml(text).replaceAll('&quot;', '"').replaceAll('&#39;', "'");
}
